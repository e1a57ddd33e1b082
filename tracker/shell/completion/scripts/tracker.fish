# Completion of tracker in fish; printed by: tracker completion fish
# The program reads the words up to the cursor, and says what completes the last one: a line each, what it stands for
# behind a tab.
function __tracker_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l answer (_TRACKER_COMPLETE=fish $before[1] $before "$current" 2>/dev/null </dev/null)
    if test "$answer[1]" = files
        set -l typed (string replace -r -- '^--[a-z-]+=' '' $current)
        printf "$answer[2]%s\n" (__fish_complete_path $typed)
    else
        printf '%s\n' $answer[2..-1]
    end
end

complete -c tracker -f -a '(__tracker_complete)'
