#!/usr/bin/env bash
# Thử cả hệ thống nhiều máy trên một máy: một máy chính, hai bản sao, hai máy làm việc nền, mỗi thứ một cổng của 127.0.0.1.
# Chỉ để thử với số liệu bịa: ai trên máy này cũng nối vào được, không mật khẩu. Máy thật: docs/operations.md mục 14.
set -euo pipefail

usage="Cách dùng: ops/wide.sh LỆNH
  start             dựng và chạy tất cả (pg_auto_failover: một bộ giám sát, ba PostgreSQL, hai máy làm việc nền; hai sổ của hai tỉnh và nơi cộng)
  status            ai là máy chính, bản sao chậm bao nhiêu, cảnh báo của dịch vụ
  env               dòng đặt SINHO_DATABASE để chạy lệnh sinho vào hệ thống này
  kill NÚT          giết ngay node1, node2 hoặc node3 như mất điện (primary: máy chính lúc này)
  revive NÚT        cho chạy lại; nó tự theo máy chính mới
  promote NÚT       đổi máy chính có trật tự
  rebuild NÚT       bỏ dữ liệu của nút và chép lại từ máy chính
  drill [SỐ]        ghi SỐ sự kiện (mặc định 30), giết máy chính giữa chừng, đếm lại: mất 0, lặp 0
  quota [PHẦN TRĂM] mỗi bản sao chỉ được một phần của một nhân (mặc định 25; 0 bỏ giới hạn)
  readers           người đọc một bản sao so với hai bản sao, mỗi bản sao một phần tư nhân
  registers         dựng hai sổ của hai tỉnh, ký, gửi và cộng (start cũng làm)
  sums              số cộng từ số đã ký của hai sổ
  stop              dừng tất cả và xóa thư mục
SINHO_WIDE: thư mục (mặc định /var/tmp/sinho-wide). SINHO_WIDE_PORT: cổng đầu (mặc định 6100)."

root=$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")
home=${SINHO_WIDE:-/var/tmp/sinho-wide}
port=${SINHO_WIDE_PORT:-6100}
account=postgres
monitor="postgres://autoctl_node@127.0.0.1:$port/pg_auto_failover?sslmode=disable"
hosts="127.0.0.1:$((port + 1)),127.0.0.1:$((port + 2)),127.0.0.1:$((port + 3))"
database="Host=$hosts;Username=sinho;Database=sinho"

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

require() {
    local missing=()
    command -v pg_autoctl >/dev/null || missing+=("gói pg-auto-failover-cli và postgresql-15-auto-failover")
    [[ -x /usr/lib/postgresql/15/bin/postgres ]] || missing+=("gói postgresql-15")
    id "$account" >/dev/null 2>&1 || missing+=("tài khoản $account (gói postgresql tạo)")
    command -v setsid >/dev/null || missing+=("setsid (gói util-linux)")
    if ((${#missing[@]})); then
        local line
        line=$(printf '%s; ' "${missing[@]}")
        fail "Còn thiếu: ${line%; }. Bằng root: apt-get install -y postgresql-15 postgresql-15-auto-failover pg-auto-failover-cli"
    fi
    [[ $(id -un) == "$account" || $EUID -eq 0 ]] ||
        fail "Phải chạy bằng root hoặc bằng tài khoản $account: PostgreSQL không chạy bằng root, và tài khoản khác không mượn được $account."
}

# PostgreSQL không chạy bằng root.
as() {
    if [[ $EUID -eq 0 ]]; then
        runuser -u "$account" -- env HOME="$home" XDG_DATA_HOME="$home/xdg" XDG_CONFIG_HOME="$home/xdg" XDG_RUNTIME_DIR="$home/run" PATH="/usr/lib/postgresql/15/bin:$PATH" "$@"
    else
        env HOME="$home" XDG_DATA_HOME="$home/xdg" XDG_CONFIG_HOME="$home/xdg" XDG_RUNTIME_DIR="$home/run" PATH="/usr/lib/postgresql/15/bin:$PATH" "$@"
    fi
}

sql() { psql -X -At -h 127.0.0.1 -p "$1" -U "${3:-sinho}" -d "${4:-sinho}" -c "$2"; }
sinho() { SINHO_DATABASE=$database "$root/sinho" "$@"; }
node_port() { case $1 in node[1-3]) echo $((port + ${1#node})) ;; *) fail "Không có nút $1; có node1, node2, node3." ;; esac; }

run_node() {
    # Không giữ luồng ra của ai gọi: kẻ đọc chúng sẽ chờ mãi.
    (cd "$home" && exec </dev/null >>"$home/$1.log" 2>&1 && as setsid pg_autoctl run --pgdata "$home/$1" &) </dev/null >/dev/null 2>&1
}

until_true() {
    local left=$1 what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        ((left-- > 0)) || fail "Chờ quá lâu: $what. Xem $home/*.log"
        sleep 1
    done
}

primary() {
    local one
    for one in node1 node2 node3; do
        if [[ $(PGCONNECT_TIMEOUT=2 sql "$(node_port $one)" "select pg_is_in_recovery()" 2>/dev/null) == f ]]; then
            echo $one
            return
        fi
    done
    return 1
}

create_node() {
    as pg_autoctl create postgres --pgdata "$home/$1" --name "$1" --pgport "$(node_port "$1")" --hostname 127.0.0.1 --listen 127.0.0.1 --auth trust --no-ssl \
        --username sinho --dbname sinho --monitor "$monitor" --pgctl /usr/lib/postgresql/15/bin/pg_ctl >>"$home/$1.log" 2>&1 || fail "Không dựng được $1: xem $home/$1.log"
    run_node "$1"
}

# Như docs/operations.md nêu cho máy thật, nhưng nhỏ.
settings="hot_standby = on
hot_standby_feedback = on
max_standby_streaming_delay = 300s
max_slot_wal_keep_size = 4GB
wal_receiver_timeout = 10s
wal_receiver_status_interval = 1s
wal_sender_timeout = 10s
shared_buffers = 64MB
max_connections = 100
random_page_cost = 1.1
jit = off
dynamic_shared_memory_type = sysv
log_min_error_statement = panic
log_error_verbosity = terse"

start() {
    require
    [[ ! -e $home ]] || fail "$home đã có; hãy chạy ops/wide.sh stop trước."
    mkdir -p "$home/run" "$home/xdg"
    chmod 711 "$home"
    if [[ $EUID -eq 0 ]]; then chown -R "$account" "$home"; fi

    say "Bộ giám sát, cổng $port…"
    as pg_autoctl create monitor --pgdata "$home/monitor" --pgport "$port" --hostname 127.0.0.1 --auth trust --no-ssl --pgctl /usr/lib/postgresql/15/bin/pg_ctl \
        >>"$home/monitor.log" 2>&1 || fail "Không dựng được bộ giám sát: xem $home/monitor.log"
    run_node monitor
    until_true 60 "bộ giám sát" sql "$port" "select 1" autoctl_node pg_auto_failover
    # Mất máy chính thì sau chừng 10 giây bản sao lên thay; mặc định 20 đến 30 giây.
    as psql -X -q -h 127.0.0.1 -p "$port" -U "$account" -d pg_auto_failover \
        -c "alter system set pgautofailover.node_considered_unhealthy_timeout = '8s'" -c "alter system set pgautofailover.health_check_period = '1s'" \
        -c "alter system set pgautofailover.health_check_timeout = '2s'" -c "alter system set pgautofailover.primary_demote_timeout = '8s'" -c "select pg_reload_conf()" >/dev/null ||
        say "Không rút ngắn được thời gian chờ của bộ giám sát; dùng mặc định."

    say "Máy chính, cổng $((port + 1))…"
    create_node node1
    until_true 60 "node1" sql "$((port + 1))" "select 1"
    printf '%s\n' "$settings" | as tee "$home/node1/sinho.conf" >/dev/null
    echo "include_if_exists = 'sinho.conf'" | as tee -a "$home/node1/postgresql.conf" >/dev/null
    as psql -X -q -h 127.0.0.1 -p "$((port + 1))" -U "$account" -d sinho -c "alter role sinho createdb createrole" >/dev/null
    as pg_ctl restart -w -s -D "$home/node1" >/dev/null 2>&1 || true
    until_true 60 "node1" sql "$((port + 1))" "select 1"
    local one
    for one in node2 node3; do
        say "Bản sao, cổng $(node_port $one)…"
        create_node $one
        until_true 90 "$one" sql "$(node_port $one)" "select 1"
    done
    # Một lần ghi chỉ xong khi một trong hai bản sao đã giữ nó.
    until_true 60 "hai bản sao đồng bộ" as pg_autoctl set formation number-sync-standbys 1 --monitor "$monitor"
    until_true 90 "ANY 1" eval "[[ \$(sql $((port + 1)) 'show synchronous_standby_names') == ANY\ 1* ]]"

    say "Sổ đăng ký (bịa) và hai máy làm việc nền…"
    sinho generate --organisations 40 --members 900 --years 4 --seed 15 --out "$home/so.xlsx" >/dev/null
    sinho import "$home/so.xlsx" >/dev/null
    mkdir -p "$home/bao-cao"
    local number
    for number in 1 2; do
        (SINHO_DATABASE=$database SINHO_LEASE=5 setsid "$root/sinho" serve --role worker --urls "http://127.0.0.1:$((port + 10 + number))" </dev/null >"$home/worker$number.log" 2>&1 & echo $! >"$home/worker$number.pid") >/dev/null 2>&1
    done
    registers
    status
}

at() { local where=$1; shift; SINHO_DATABASE= "$root/sinho" "$@" --data "$home/$where"; }

# Hai sổ, mỗi tỉnh một sổ làm chủ người của mình, và nơi cộng từ số đã ký: chỉ con số đi qua thư mục gửi. Sổ thứ hai chưa gửi thì là chỗ trống, không phải số 0.
registers() {
    local number
    say "Hai sổ của hai tỉnh…"
    at ca-nuoc register-name CN --name "Cả nước" >/dev/null
    for number in 1 2; do
        mkdir -p "$home/gui-$number"
        at "tinh-$number" generate --organisations 40 --members $((200 * number)) --years 2 --seed "$number" >/dev/null 2>&1
        at "tinh-$number" register-name "T$number" --name "Tỉnh $number" >/dev/null
        at "tinh-$number" report monthly --unit D001 --month 2020-12 --out "$home/tinh-$number.xlsx" >/dev/null 2>&1
        at "tinh-$number" sign "$home/tinh-$number.xlsx" --number "$number-BC/TU" --date 2021-01-05 --signer "Người Ký $number" >/dev/null
        at "tinh-$number" send "$number-BC/TU" --to "Nơi cộng" --out "$home/gui-$number" >/dev/null
        at ca-nuoc senders "T$number" --name "Tỉnh $number" --unit D001 --since 2020-01-01 >/dev/null
    done
    at ca-nuoc receive "$home/gui-1" >/dev/null
    echo "Mới có một sổ:"
    sums
    at ca-nuoc receive "$home/gui-2" >/dev/null
    echo "Có đủ hai sổ:"
    sums
}

sums() { at ca-nuoc sum monthly --month 2020-12 | head -12; }

state() { as pg_autoctl show state --monitor "$monitor"; }

status() {
    state
    local main
    main=$(primary) || { say "Lúc này chưa có máy chính."; return; }
    echo "Máy chính: $main; $(sql "$(node_port "$main")" 'show synchronous_standby_names')"
    as psql -X -h 127.0.0.1 -p "$(node_port "$main")" -U "$account" -d sinho -c "select application_name as \"bản sao\", state, sync_state, replay_lag as \"chậm\", pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) as \"byte\" from pg_stat_replication order by 1"
    sinho status || true
}

processes() {
    # pg_autoctl và mọi tiến trình con của nó.
    local top=$1 child
    echo "$top"
    for child in $(pgrep -P "$top" || true); do processes "$child"; done
}

kill_node() {
    local one=$1
    [[ $one == primary ]] && one=$(primary)
    node_port "$one" >/dev/null
    local lead
    lead=$(head -1 "$home/$one/postmaster.pid")
    # Không tiến trình nào kịp nói gì.
    # shellcheck disable=SC2046
    kill -KILL $(processes "$(leader "$one")") "$lead" $(pgrep -P "$lead") 2>/dev/null || true
    say "Đã giết $one."
}

leader() { head -1 "$home/run/pg_autoctl$home/$1/pg_autoctl.pid" 2>/dev/null || pgrep -of "pg_autoctl run --pgdata $home/$1\$" || pgrep -of "pg_autoctl.*$home/$1"; }

rebuild() {
    node_port "$1" >/dev/null
    [[ $(primary) != "$1" ]] || fail "$1 đang là máy chính; hãy promote nút khác trước."
    kill_node "$1"
    as pg_autoctl drop node --monitor "$monitor" --name "$1" --force >/dev/null 2>&1 || true
    rm -rf "${home:?}/$1" "$home/xdg/pg_autoctl$home/$1"
    create_node "$1"
    until_true 120 "$1" sql "$(node_port "$1")" "select 1"
}

drill() {
    local count=${1:-30} main member number acked=0 again=0 said code
    main=$(primary)
    member=$(sql "$(node_port "$main")" "select member from membership where valid_to is null order by member limit 1")
    local unit
    unit=$(sql "$(node_port "$main")" "select code from org_version where parent is null order by code limit 1")
    # Một lịch đang chạy, và người đọc suốt lúc đó.
    sinho schedule add term --units "$unit" --every month --from "$(date -d '6 months ago' +%Y-%m-01)" --due 1 --folder "$home/bao-cao" >/dev/null || true
    touch "$home/drilling" "$home/readers.ok" "$home/readers.no"
    (while [[ -e $home/drilling ]]; do
        if sinho report term --unit "$unit" --month "$(date -d 'last month' +%Y-%m)" --format json >/dev/null 2>>"$home/readers.log"; then echo >>"$home/readers.ok"; else echo >>"$home/readers.no"; fi
    done) &
    for ((number = 1; number <= count; number++)); do
        ((number == count / 2)) && kill_node primary
        printf '{"entries":[{"event":"reward","member":"%s","form":"Giấy khen","level":"Huyện ủy","date":"%s","decision":"%s/DRILL"}]}' "$member" "$(date -d "2021-01-01 +$number days" +%Y-%m-%d)" "$number" >"$home/entry.json"
        while :; do
            code=0
            said=$(sinho record "$home/entry.json" 2>&1) || code=$?
            # Bị từ chối vì đã có: lần trước đã ghi, chỉ mất lời đáp.
            if ((code == 0)) || [[ $said == *already_there* ]]; then break; fi
            ((again++)) || true
            sleep 1
        done
        ((acked++)) || true
    done
    rm -f "$home/drilling"
    wait
    main=$(primary)
    local kept twice
    kept=$(sql "$(node_port "$main")" "select count(distinct decision) from reward where decision like '%/DRILL'")
    twice=$(sql "$(node_port "$main")" "select count(*) - count(distinct decision) from reward where decision like '%/DRILL'")
    echo "Sự kiện đã báo là ghi: $acked; có trong sổ: $kept; mất: $((acked - kept)); lặp: $twice; phải ghi lại: $again. Máy chính bây giờ: $main."
    until_true 240 "mọi báo cáo đến hạn" eval "[[ \$(sql $(node_port "$main") \"select count(*) from obligation where due_on <= current_date and state <> 'done'\") == 0 ]]"
    echo "Báo cáo đến hạn: $(sql "$(node_port "$main")" "select count(*) || ', đã lập ' || (select count(*) from issued_report) || ', lập hai lần ' || (select count(*) from issued_report where edition > 1) from obligation where due_on <= current_date"); tệp: $(find "$home/bao-cao" -type f | wc -l). Người đọc: $(wc -l <"$home/readers.ok") lần được, $(wc -l <"$home/readers.no") lần không."
    ((acked == kept && twice == 0)) || fail "HỎNG."
}

quota() {
    local percent=${1:-25} one lead group
    [[ $EUID -eq 0 ]] || fail "Giới hạn nhân cần root."
    for one in node1 node2 node3; do
        [[ $one != "$(primary)" ]] || continue
        lead=$(head -1 "$home/$one/postmaster.pid")
        if [[ -e /sys/fs/cgroup/cgroup.controllers ]]; then
            group=/sys/fs/cgroup/sinho-wide-$one
            mkdir -p "$group"
            if ((percent)); then echo "$((percent * 1000)) 100000"; else echo "max 100000"; fi >"$group/cpu.max"
        else
            group=/sys/fs/cgroup/cpu/sinho-wide-$one
            mkdir -p "$group" || fail "Máy này không cho giới hạn nhân (cgroup)."
            if ((percent)); then echo $((percent * 1000)); else echo -1; fi >"$group/cpu.cfs_quota_us"
        fi
        # Phiên vừa hết thì không còn để chuyển.
        for one in $(processes "$lead"); do { echo "$one" >"$group/cgroup.procs"; } 2>/dev/null || true; done
    done
}

readers() {
    quota 25
    local main standbys=() one
    main=$(primary)
    for one in node1 node2 node3; do [[ $one == "$main" ]] || standbys+=("127.0.0.1:$(node_port $one)"); done
    SINHO_DATABASE="Host=127.0.0.1;Port=$(node_port "$main");Username=sinho;Database=sinho" SINHO_DATABASE_READ="Host=${standbys[0]},${standbys[1]};Username=sinho;Database=sinho" \
        dotnet run -c Release --project "$root/tests/SinHo.Reporting.Benchmarks" -- --standbys
    quota 0
}

stop() {
    rm -f "$home/drilling"
    local one pid
    for one in 1 2; do
        if [[ -e $home/worker$one.pid ]]; then kill -TERM -- "-$(<"$home/worker$one.pid")" 2>/dev/null || kill -TERM "$(<"$home/worker$one.pid")" 2>/dev/null || true; fi
    done
    for one in node1 node2 node3 monitor; do
        [[ -d $home/$one ]] || continue
        as pg_autoctl stop --pgdata "$home/$one" --immediate >/dev/null 2>&1 || true
        pid=$(head -1 "$home/$one/postmaster.pid" 2>/dev/null || true)
        for _ in 1 2 3 4 5 6 7 8 9 10; do [[ -n $pid && -e /proc/$pid ]] || break; sleep 0.5; done
        if [[ -n $pid && -e /proc/$pid ]]; then kill -QUIT "$pid" 2>/dev/null || true; fi
    done
    for one in node1 node2 node3; do
        rmdir "/sys/fs/cgroup/cpu/sinho-wide-$one" "/sys/fs/cgroup/sinho-wide-$one" 2>/dev/null || true
    done
    rm -rf "${home:?}"
    say "Đã dừng và xóa $home."
}

command=${1:-}
shift || true
case $command in
    start | status | stop | drill | quota | readers | registers | sums) "$command" "$@" ;;
    env) echo "export SINHO_DATABASE='$database'" ;;
    kill) kill_node "${1:?$usage}" ;;
    revive) node_port "${1:?$usage}" >/dev/null && run_node "$1" ;;
    promote) node_port "${1:?$usage}" >/dev/null && as pg_autoctl perform promotion --monitor "$monitor" --name "$1" ;;
    rebuild) rebuild "${1:?$usage}" ;;
    *) fail "$usage" ;;
esac
