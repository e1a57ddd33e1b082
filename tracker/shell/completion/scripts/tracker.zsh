#compdef tracker
# Completion of tracker in zsh; printed by: tracker completion zsh
# The program reads the words up to the cursor, and says what completes the last one: a line each, what it stands for
# behind a tab.
_tracker() {
    local program=${(Q)words[1]} quote=${compstate[quote]} kind line value tells
    local -a before answer whole whole_shown open open_shown
    program=${program/#\~\//$HOME/}
    (( CURRENT > 2 )) && before=("${(@Q)words[2,CURRENT-1]}")
    answer=("${(@f)$(
        _TRACKER_COMPLETE=zsh "$program" tracker "${before[@]}" "${(Q):-$quote$PREFIX$quote}" 2>/dev/null </dev/null
    )}")
    kind=$answer[1]
    if [[ $kind == files ]]; then
        compset -P '--[a-z-]#='
        _files
        return
    fi
    for line in "${(@)answer[2,-1]}"; do
        value=${line%%$'\t'*} tells=${line#*$'\t'}
        [[ -n $tells ]] && tells="$value  -- $tells" || tells=$value
        if [[ $kind == open && $value == *[:=.] ]]; then
            open+=("$value") open_shown+=("$tells")
        else
            whole+=("$value") whole_shown+=("$tells")
        fi
    done
    (( $#open )) && compadd -U -V tracker-open -S '' -l -d open_shown -a -- open
    (( $#whole )) && compadd -U -V tracker -l -d whole_shown -a -- whole
}

if [[ $funcstack[1] == _tracker ]]; then
    _tracker "$@"
else
    compdef _tracker tracker
fi
