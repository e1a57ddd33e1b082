# Completion of tracker in bash 4.4 or newer; printed by: tracker completion bash
# The program reads the line up to the cursor, and says what takes the place of its last word, a line each, quoted.
_tracker() {
    local kind= line
    COMPREPLY=()
    {
        IFS= read -r kind
        while IFS= read -r line; do COMPREPLY+=("$line"); done
    } < <(
        _TRACKER_COMPLETE=bash COMP_TYPE=$COMP_TYPE COLUMNS=$COLUMNS \
            "$1" "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null </dev/null
    )
    case $kind in
        files) compopt -o bashdefault -o default ;;
        open) compopt -o nospace ;;
    esac
}

complete -o nosort -F _tracker tracker
