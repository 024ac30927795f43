#!/bin/sh
# ./wadi cloud: deploys Wadi's resources with Terraform, shows what stands, takes them away. It shows
# each command that it runs, so whoever likes may run them by hand. See docs/terraform.md.
# shellcheck disable=SC1007 # blank on purpose
set -eu

usage="usage: wadi cloud deploy|status|destroy [--environment local|dev|prod] [options] [-- terraform's own arguments]
  --environment E     local (an emulator, the default), dev or prod
  --endpoint URL      local: where the emulator answers (default: http://127.0.0.1:4566)
  --developer NAME    dev: an environment of this developer's own, dev-NAME
  --state-bucket B    dev, prod: the bucket of Terraform's states
  --region R          dev, prod: the AWS region (default: AWS_REGION, AWS_DEFAULT_REGION, that of the AWS
                      command line, or us-east-1)
  --state-region R    dev, prod: the region of that bucket (default: that of --region)
  --image-tag V       dev, prod: the version of the image that is to run (default: the one that is deployed)
  --properties FILE   where deploy writes Wadi's settings (default: wadi-<environment>.properties)
  --yes               ask nothing
  --with-events       destroy prod even if events wait in its queues, or nobody can say
exit codes: 0 done, 1 it failed, 2 wrong usage"

fail() {
  echo "wadi cloud: $1" >&2
  exit "${2:-1}"
}

show() {
  printf '+' >&2
  printf ' %s' "$@" >&2
  printf '\n' >&2
  "$@"
}

value() { # option, number of arguments left, its value
  [ "$2" -ge 2 ] && [ -n "$3" ] || fail "$1 needs a value: see ./wadi cloud --help" 2
}

home=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
action= environment=local endpoint= developer= bucket= region= state_region=
properties= yes= with_events= image_tag=
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) echo "$usage" && exit 0 ;;
    --yes) yes=yes && shift && continue ;;
    --with-events) with_events=yes && shift && continue ;;
    --) shift && break ;;
    --environment) value "$1" $# "${2:-}" && environment=$2 ;;
    --endpoint) value "$1" $# "${2:-}" && endpoint=$2 ;;
    --developer) value "$1" $# "${2:-}" && developer=$2 ;;
    --state-bucket) value "$1" $# "${2:-}" && bucket=$2 ;;
    --region) value "$1" $# "${2:-}" && region=$2 ;;
    --state-region) value "$1" $# "${2:-}" && state_region=$2 ;;
    --image-tag) value "$1" $# "${2:-}" && image_tag=$2 ;;
    --properties) value "$1" $# "${2:-}" && properties=$2 ;;
    -*) fail "unknown option $1: see ./wadi cloud --help" 2 ;;
    *)
      [ -z "$action" ] || fail "one of deploy, status and destroy at a time, not $action and $1" 2
      action=$1 && shift && continue
      ;;
  esac
  shift 2
done

case $action in
  deploy | status | destroy) ;;
  '') fail "say what to do: deploy, status or destroy (see ./wadi cloud --help)" 2 ;;
  *) fail "unknown action $action: choose deploy, status or destroy" 2 ;;
esac
case $environment in
  local | dev | prod) ;;
  *) fail "unknown environment $environment: choose local, dev or prod" 2 ;;
esac
[ -z "$endpoint" ] || [ "$environment" = local ] || fail "--endpoint goes with --environment local alone" 2
[ -z "$developer" ] || [ "$environment" = dev ] || fail "--developer goes with --environment dev alone" 2
[ -z "$image_tag" ] || [ "$environment" != local ] || fail "--image-tag goes with --environment dev and prod alone" 2
[ -z "$with_events" ] || [ "$action $environment" = "destroy prod" ] || fail "--with-events goes with destroy --environment prod alone" 2
case $developer in *[!a-z0-9-]*) fail "--developer takes lower-case letters, digits and '-'" 2 ;; esac
if [ "$action $environment" = "destroy prod" ] && [ -z "$yes" ] && [ ! -t 0 ]; then
  fail "prod is destroyed only with --yes, or when its name is typed at a terminal" 2
fi
name=$environment${developer:+-$developer}
properties=${properties:-wadi-$name.properties}
folder=$home/terraform/environments/$environment
[ -d "$folder" ] || fail "there is no $folder: run it in a checkout of Wadi"

command -v terraform >/dev/null 2>&1 ||
  fail "terraform is not on the PATH: install 1.10 or later, see https://developer.hashicorp.com/terraform/install"

if [ "$environment" = local ]; then
  endpoint=${endpoint:-http://127.0.0.1:4566}
  if command -v curl >/dev/null 2>&1; then
    curl -s -o /dev/null --max-time 10 "$endpoint" ||
      fail "nothing answers at $endpoint: start an emulator, such as moto_server -p 4566, or name another by --endpoint"
  fi
  set -- -var "endpoint=$endpoint" "$@"
else
  region=${region:-${AWS_REGION:-${AWS_DEFAULT_REGION:-}}}
  [ -n "$bucket" ] || fail "name the bucket of Terraform's states by --state-bucket: docs/terraform.md says how to make it" 2
  if ! command -v aws >/dev/null 2>&1; then
    [ -n "${AWS_ACCESS_KEY_ID:-}${AWS_PROFILE:-}${AWS_WEB_IDENTITY_TOKEN_FILE:-}${AWS_CONTAINER_CREDENTIALS_FULL_URI:-}" ] ||
      fail "no AWS credentials: sign in first, or set AWS_PROFILE"
  else
    [ -n "$region" ] || region=$(aws configure get region 2>/dev/null || true)
    aws sts get-caller-identity >/dev/null 2>&1 ||
      fail "no AWS credentials that are valid: sign in first, as by aws sso login, or set AWS_PROFILE"
  fi
  region=${region:-us-east-1}
  state_region=${state_region:-$region}
  set -- -var "region=$region" -var "state_bucket=$bucket" "$@"
  [ -z "$developer" ] || set -- -var "developer=$developer" "$@"
fi

terraform_in() {
  show terraform -chdir="$folder" "$@"
}

init() {
  if [ "$environment" = local ]; then
    terraform_in init -input=false
  else
    key=$environment/wadi.tfstate
    [ -z "$developer" ] || key=developers/$developer/$environment/wadi.tfstate
    terraform_in init -input=false -reconfigure -backend-config="bucket=$bucket" \
      -backend-config="key=$key" -backend-config="region=$state_region"
  fi >&2 || fail "terraform init failed: see the lines above"
}

# Whether Terraform is told to see to a part alone.
a_part() {
  for argument in "$@"; do
    case $argument in -target | -target=* | --target | --target=*) return 0 ;; esac
  done
  return 1
}

given() { # variable of Terraform
  env | grep -q "^TF_VAR_$1="
}

# What deploy.yml hands to Terraform from the repository's variables stays as it was deployed, unless the
# shell gives it anew: both work on one state, and neither may undo what the other has set.
keep() {
  [ "$environment" != local ] || return 0
  [ -z "$image_tag" ] || export "TF_VAR_image_tag=$image_tag"
  # fails only if the state can't be read: one without outputs has {}
  outputs=$(terraform_in output -json) || fail "nobody can say what $name was deployed with: see the lines above"
  case $outputs in *'"kept"'*) ;; *) return 0 ;; esac
  kept=$(terraform_in output -raw kept) || fail "nobody can say what $name was deployed with: see the lines above"
  for variable in image_tag platform eks alarm_addresses; do
    kept_value=$(printf '%s\n' "$kept" | sed -n "s/^$variable = //p")
    if [ -n "$kept_value" ] && ! given "$variable"; then
      printf "+ export TF_VAR_%s='%s'\n" "$variable" "$kept_value" >&2
      export "TF_VAR_$variable=$kept_value"
    fi
  done
}

# A queue takes what is in it along when it goes: queues, unlike tables and buckets, know no protection.
refuse_while_events_wait() {
  command -v aws >/dev/null 2>&1 ||
    fail "nobody can say whether events wait in prod's queues: install the AWS command line, or say --with-events"
  for setting in wadi.intake.queue wadi.intake.drops.queue wadi.dead-letters.queue; do
    queue=$(printf '%s\n' "$1" | sed -n "s/^$setting = //p")
    [ -n "$queue" ] || continue
    url=$(aws sqs get-queue-url --region "$region" --queue-name "$queue" --query QueueUrl --output text) ||
      fail "nobody can say whether events wait in $queue: see the line above, or say --with-events"
    waiting=$(show aws sqs get-queue-attributes --region "$region" --queue-url "$url" --output text \
      --attribute-names ApproximateNumberOfMessages ApproximateNumberOfMessagesNotVisible ApproximateNumberOfMessagesDelayed \
      --query 'sum(values(Attributes)[].to_number(@))') ||
      fail "nobody can say whether events wait in $queue: see the line above, or say --with-events"
    waiting=${waiting%.0}
    [ "$waiting" = 0 ] ||
      fail "nothing was destroyed: about $waiting messages wait in $queue or are in flight; stop who sends, let Wadi land them, or say --with-events to lose them"
  done
}

case $action in
  deploy)
    init
    keep
    terraform_in apply -input=false ${yes:+-auto-approve} "$@" >&2 ||
      fail "the deployment was not finished: see the lines above, mend it, and deploy again"
    if a_part "$@"; then
      # the outputs come with the rest
      echo "deployed a part of $name, as -target says: deploy the rest without it"
      exit 0
    fi
    written=$(terraform_in output -raw properties_file) || fail "terraform has no output properties_file"
    printf '%s\n' "$written" >"$properties" || fail "can't write $properties"
    echo "deployed $name: run ./wadi run --profile aws --config $properties"
    ;;
  status)
    init
    resources=$(terraform_in state list) || resources=
    [ -n "$resources" ] || fail "nothing is deployed in $name: ./wadi cloud deploy --environment $environment"
    count=$(printf '%s\n' "$resources" | wc -l | tr -d ' ')
    written=$(terraform_in output -raw properties_file) ||
      fail "only a part of $name is deployed: ./wadi cloud deploy --environment $environment"
    printf '%s\n' "$written"
    keep
    code=0
    terraform_in plan -input=false -detailed-exitcode "$@" >&2 || code=$?
    case $code in
      0) echo "$name has $count resources and stands as described" ;;
      2) echo "$name has $count resources and differs from its description: see the plan above, and deploy again" ;;
      *) fail "terraform plan failed: see the lines above" ;;
    esac
    ;;
  destroy)
    if [ "$environment" = prod ] && [ -z "$yes" ]; then
      printf 'Type the name of the environment to destroy it: ' >&2
      read -r typed || typed=
      [ "$typed" = prod ] || fail "nothing was destroyed: the name typed was not prod" 2
    fi
    init
    if [ "$environment" = prod ] && [ -z "$with_events" ]; then
      # without that output nothing is deployed
      settings=$(terraform_in output -raw properties_file) || settings=
      refuse_while_events_wait "$settings"
    fi
    keep
    # nothing is going to run
    given image_tag || export TF_VAR_image_tag=none
    terraform_in destroy -input=false ${yes:+-auto-approve} "$@" >&2 ||
      fail "not all was destroyed: see the lines above; what holds data in prod is protected, docs/terraform.md says how to let it go"
    if a_part "$@"; then
      echo "destroyed a part of $name, as -target says"
      exit 0
    fi
    rm -f "$properties"
    echo "destroyed $name"
    ;;
esac
