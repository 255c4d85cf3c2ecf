# The completion in fish. usage: fish completion.fish SCRIPT
source $argv[1]
set -g failures 0
set -g checks 0
function candidates
    complete -C "$argv[1]" | string replace -r '\t.*' ''
end
function has
    set -g checks (math $checks + 1)
    contains -- $argv[1] (candidates $argv[2]); and return
    echo "FAIL: no '$argv[1]' for: $argv[2]:" (candidates $argv[2])[1..5]
    set -g failures (math $failures + 1)
end
function lacks
    set -g checks (math $checks + 1)
    contains -- $argv[1] (candidates $argv[2]); or return
    echo "FAIL: '$argv[1]' for: $argv[2]"
    set -g failures (math $failures + 1)
end
cd (mktemp -d); and touch answers.yaml
has generate 'backplan ge'
lacks generate 'backplan screen ge'
has --minutes 'backplan generate --m'
lacks --minutes 'backplan screen --m'
has --routines 'backplan generate --ro'
has yaml 'backplan generate -f y'
has --format=json 'backplan generate --format=j'
lacks text 'backplan generate -f y'
has foam-roller 'backplan generate --have foam'
has chair,wall 'backplan generate --have chair,wa'
has cat-cow 'backplan show cat'
has cat-cow 'backplan generate --include cat'
has cat-cow= 'backplan generate --swap cat'
has cat-cow=childs-pose 'backplan generate --swap cat-cow=ch'
has severity= 'backplan screen --answer sev'
has exit-codes 'backplan help ex'
has log 'backplan help lo'
has on 'backplan log o'
has export 'backplan log '
has --plot 'backplan log --p'
lacks --note 'backplan log --n'
has --note 'backplan log add --n'
lacks --plot 'backplan log on --p'
lacks off 'backplan log on o'
has csv 'backplan log export -f c'
has answers.yaml 'backplan log add an'
has answers.yaml 'backplan screen -a an'
has answers.yaml 'backplan render an'
lacks answers.yaml 'backplan show an'
echo "$checks checks, $failures failures"
test $failures -eq 0 -a $checks -ge 29
