using System.Data;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Npgsql;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Exchange;

/// <summary>Another import came between working out the rows and writing them.</summary>
public sealed class RegisterMovedException() :
    RefusalException("Có lần nhập khác vừa ghi vào sổ đăng ký trong lúc tính; chưa ghi gì, hãy thực hiện lại.", RefusalKind.Refused);

/// <summary>
/// Brings an exchange workbook into the register: rows are streamed into staging tables of the session, which holds up nobody; then, one
/// import after another and in one transaction, they are put into the register as sets, and the state after that is judged by the rules of
/// sql/import. With one error, or for a dry run, nothing stays, and no number is used up.
/// </summary>
/// <param name="database">The register, brought up to date.</param>
/// <param name="rulesFolder">The folder sql/import of the program.</param>
/// <param name="clock">What day the import is of; the machine's where null.</param>
public sealed class RegisterImport(NpgsqlDataSource database, string rulesFolder, TimeProvider? clock = null)
{
    private const int ProgressEvery = 2_000;

    /// <summary>
    /// Rules that refuse, in the order in which a reader should mend what they find, then rules that warn. Where a sheet that a rule needs
    /// could not be read, the rule is passed over: it would find fault with every row that refers to that sheet.
    /// </summary>
    private static readonly (string Code, SheetDefinition[] Needs)[] Rules =
    [
        (IssueCode.WrongParent, [ExchangeWorkbook.Organisations]),
        (IssueCode.BadValue, [ExchangeWorkbook.Organisations]),
        (IssueCode.Overlap, []),
        (IssueCode.VersionDiffers, []),
        (IssueCode.NotABranch, [ExchangeWorkbook.Organisations]),
        (IssueCode.OutsideBranchLife, [ExchangeWorkbook.Organisations]),
        (IssueCode.AdmissionMismatch, [ExchangeWorkbook.Members, ExchangeWorkbook.Admissions, ExchangeWorkbook.Memberships]),
        (IssueCode.UnderAge, [ExchangeWorkbook.Members, ExchangeWorkbook.Admissions]),
        (IssueCode.RestructuringRoles, [ExchangeWorkbook.Restructurings]),
        (IssueCode.AfterDeath, [ExchangeWorkbook.Memberships]),
        (IssueCode.BadgeTooEarly, [ExchangeWorkbook.Members, ExchangeWorkbook.Admissions, ExchangeWorkbook.Memberships]),
        (IssueCode.RatingBeforeFounding, [ExchangeWorkbook.Organisations, ExchangeWorkbook.Memberships]),
        (IssueCode.CardNumberTwice, []),
        (IssueCode.StayTooLong, []),
        (IssueCode.SourceIsMember, [ExchangeWorkbook.Memberships]),
        (IssueCode.OutsideScope, []),
        (IssueCode.NeedsApproval, []),
        (IssueCode.LockedPeriod, []),
        (IssueCode.OverAge, []),
        (IssueCode.LateOfficial, []),
        (IssueCode.SmallFounding, []),
        (IssueCode.ReadmissionGap, []),
        (IssueCode.PossibleDuplicate, []),
        (IssueCode.AnotherPerson, []),
        (IssueCode.EarlyOfficial, [ExchangeWorkbook.Admissions]),
        (IssueCode.ReadmissionFlag, [ExchangeWorkbook.Memberships, ExchangeWorkbook.Admissions]),
        (IssueCode.FirstAdmissionUnknown, [ExchangeWorkbook.Memberships, ExchangeWorkbook.Admissions]),
        (IssueCode.ArrivedFromNowhere, [ExchangeWorkbook.Memberships]),
        (IssueCode.InFlight, [ExchangeWorkbook.Memberships]),
        (IssueCode.OpenAfterEnd, [ExchangeWorkbook.Memberships]),
        (IssueCode.ImprobableAge, []),
        (IssueCode.FutureDate, []),
        (IssueCode.NearTwin, []),
        (IssueCode.NothingRemoved, []),
        (IssueCode.SignedPeriod, []),
    ];

    /// <summary>Rules whose sentences may name people and units outside what an account of a unit may see.</summary>
    private static readonly HashSet<string> TellOfOthers = new(StringComparer.Ordinal)
    {
        IssueCode.Overlap, IssueCode.PossibleDuplicate, IssueCode.NearTwin, IssueCode.AnotherPerson, IssueCode.ArrivedFromNowhere,
    };

    private const string Elsewhere = "Có thể đã có ở đơn vị khác; nếu đúng vậy, hãy gửi đề nghị.";

    /// <summary>Names of the files of sql/import that judge.</summary>
    internal static IEnumerable<string> RuleNames => Rules.Select(rule => rule.Code);

    static RegisterImport() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <param name="together">What is to be written in the same transaction, last, when the workbook goes in; where it throws, nothing does.</param>
    /// <param name="look">Sees the register as it would be, where nothing is wrong; also of a dry run.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the register is as it was.</exception>
    /// <exception cref="RegisterMovedException">The rows were worked out from a register that another import has changed since.</exception>
    public async Task<ImportOutcome> RunAsync(
        IRegisterSource source, ImportRequest request, IProgress<JobStep>? progress, CancellationToken cancel,
        Func<NpgsqlTransaction, ImportOutcome, Task>? together = null, Func<NpgsqlTransaction, Task>? look = null)
    {
        await using var connection = await database.OpenAsync(cancel);
        try
        {
            var run = new Run(connection, request, progress, rulesFolder, (clock ?? TimeProvider.System).GetUtcNow(), cancel);
            using (Spans.Begin(Spans.Reading))
                await run.StageAsync(source);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            var outcome = await run.JudgeAsync(source);
            if (outcome.Accepted && look is not null)
                await look(transaction);
            if (outcome.Import is null)
                return outcome;
            progress?.Report(new("Ghi vào sổ đăng ký"));
            using var saving = Spans.Begin(Spans.Saving);
            cancel.ThrowIfCancellationRequested();
            if (together is not null)
                await together(transaction, outcome);
            // A commit that is cancelled halfway leaves nobody the wiser; all that takes time has been done.
            await transaction.CommitAsync(CancellationToken.None);
            return outcome;
        }
        finally
        {
            if (connection.State == ConnectionState.Open)
                await connection.ExecuteAsync("discard temp");
        }
    }

    /// <summary>One import on one connection: staged first, then judged in the transaction that its caller opened.</summary>
    private sealed class Run(
        NpgsqlConnection connection, ImportRequest request, IProgress<JobStep>? progress, string rulesFolder, DateTimeOffset now, CancellationToken cancel)
    {
        private readonly IssueList issues = new();
        private readonly Dictionary<SheetDefinition, ParsedSheet> present = [];

        /// <summary>Sheets of which the file has a row.</summary>
        private readonly HashSet<SheetDefinition> spoken = [];

        /// <summary>Sheets of which nobody can say what rows they have: a key column is missing, or the sheet is there twice.</summary>
        private readonly HashSet<SheetDefinition> unreadable = [];

        /// <summary>The rows are known to the letter: what is given back has no blanks to be guessed at.</summary>
        private bool exact;

        private int correctedLatest;

        /// <summary>By sheet and row, the former code that stands there and the code it means.</summary>
        private readonly Dictionary<(SheetDefinition Sheet, int Row), (string Alias, string Member)> meant = [];

        /// <summary>Reads the source into the session's staging tables; no lock is held, and nobody waits for a slow or hostile file.</summary>
        public async Task StageAsync(IRegisterSource source)
        {
            await ExecuteAsync(string.Join(";\n", ExchangeWorkbook.Sheets.Select(sheet => new ImportTables(sheet).CreateStage)));
            var strangers = new List<string>();
            var known = 0;
            foreach (var sheet in SheetParser.Parse(source, request.MendNames))
            {
                if (source.OwnWork == OwnWork.Report)
                    break;
                if (sheet.Issues is [{ Code: IssueCode.UnknownSheet }])
                    strangers.Add(sheet.Name);
                else
                    known++;
                await StageAsync(sheet, source);
            }
            if ((known == 0 && !source.IsExact) || source.OwnWork == OwnWork.Report)
                issues.Add(NoKnownSheet(source.OwnWork, strangers));
        }

        private static ImportIssue NoKnownSheet(OwnWork? work, List<string> strangers)
        {
            const string Remedy = "muốn nhập số liệu, hãy dùng sổ mẫu (trang Nhập số liệu) hoặc sổ xuất bằng export-register, sửa trong đó rồi nhập lại.";
            var near = strangers.Select(name => (Name: name, Sheet: SheetParser.NearestSheet(name, ExchangeWorkbook.Sheets))).FirstOrDefault(pair => pair.Sheet is not null);
            var hint = near.Sheet is null
                ? $"các trang được nhận: {string.Join(", ", ExchangeWorkbook.Sheets.Select(sheet => sheet.Name))}"
                : $"trang “{near.Name}” có phải là “{near.Sheet}”? Nếu phải, hãy đổi tên trang thành “{near.Sheet}”";
            return new(IssueCode.NoKnownSheet, near.Name ?? strangers.FirstOrDefault() ?? "", null, null, null, work switch
            {
                OwnWork.Report => $"Đây là một báo cáo, không phải sổ trao đổi: số trong báo cáo được đếm từ sổ đăng ký nên không nhập ngược lại được; {Remedy}",
                OwnWork.List => $"Đây là một danh sách, không phải sổ trao đổi: tiêu đề và các cột để đọc, không để nhập; {Remedy}",
                _ => $"Sổ không có trang nào của sổ trao đổi nên không có gì được nhập; {hint}.",
            });
        }

        public async Task<ImportOutcome> JudgeAsync(IRegisterSource source)
        {
            var undo = source as GivenBack;
            var number = await OpenAsync(undo?.Import);
            if (source.WorkedOutFrom is { } known && known != number - 1)
                throw new RegisterMovedException();
            exact = source.IsExact;
            if (!exact)
                await MeanPeopleAsync();
            // Of people of others nothing is judged: what is wrong with them would tell of them.
            if (await FindOthersAsync())
                return new(false, [.. present.Select(sheet => new SheetOutcome(sheet.Key.Name, 0, 0, 0, 0))], issues.Sorted(warnings: false), [], null) { ErrorCount = issues.Count(warnings: false) };
            if (undo is not null && await undo.ObstaclesAsync(connection, number, cancel) is { Count: > 0 } obstacles)
                return new(false, [.. present.Select(sheet => new SheetOutcome(sheet.Key.Name, 0, 0, 0, 0))], obstacles, [], null) { ErrorCount = obstacles.Count };
            IReadOnlyList<SheetOutcome> sheets;
            using (Spans.Begin(Spans.Comparing))
                sheets = await ApplyAsync();
            using (Spans.Begin(Spans.Rules))
            {
                await FindUnknownReferencesAsync();
                await ApplyRulesAsync(sheets);
            }
            if (undo is not null)
                await NameKeysAsync();
            var (errors, warnings) = (issues.Count(warnings: false), issues.Count(warnings: true));
            if (issues.HasErrors)
                return new(false, [.. sheets.Select(None)], issues.Sorted(warnings: false), issues.Sorted(warnings: true), null) { ErrorCount = errors, WarningCount = warnings };
            using (Spans.Begin(Spans.Saving))
                await FinishAsync(sheets);
            if (undo is null && !request.DryRun)
                await KeepPlacesAsync(source, number);
            await ExecuteAsync(
                "update import_run set outcome = @outcome::jsonb where import_id = @number",
                new { number, outcome = JsonSerializer.Serialize(sheets) });
            return new(true, sheets, [], issues.Sorted(warnings: true), request.DryRun ? null : number)
            {
                WarningCount = warnings,
                CorrectedLatest = correctedLatest,
                Changes = request.WithChanges ? await ImportChanges.ReadAsync(connection, number, fromFile: undo is null, cancel) : null,
            };
        }

        /// <summary>Where each row was written, from the first signed report on: what moves a signed figure is told by it.</summary>
        private async Task KeepPlacesAsync(IRegisterSource source, long number)
        {
            if (!await connection.ExecuteScalarAsync<bool>(Command("select exists (select from signed_report)")))
                return;
            foreach (var sheet in ExchangeWorkbook.Sheets.Where(spoken.Contains))
            {
                var rows = (await connection.QueryAsync<(long Trail, int Row)>(Command(ImportChanges.Places(sheet), new { import = number, table = sheet.Table }))).AsList();
                var places = rows.Select(row => (row.Trail, Place: source.PlaceOf(sheet.Name, row.Row) ?? (sheet.Name, row.Row))).ToList();
                await ExecuteAsync(
                    "insert into entry_place (trail_id, sheet, row_no) select * from unnest(@trails, @sheets, @rows)",
                    new { trails = places.Select(one => one.Trail).ToArray(), sheets = places.Select(one => one.Place.Sheet).ToArray(), rows = places.Select(one => one.Place.Row).ToArray() });
            }
        }

        /// <summary>Rows about people who are another unit's.</summary>
        private async Task<bool> FindOthersAsync()
        {
            if (request.Scope.Count == 0)
                return false;
            var found = false;
            foreach (var sheet in ExchangeWorkbook.Sheets.Where(sheet => spoken.Contains(sheet) && sheet != ExchangeWorkbook.FormerCodes))
            {
                if (sheet.PersonColumn is not { } code)
                    continue;
                var person = sheet.Column(code);
                var rows = (await connection.QueryAsync<(int Row, string Code)>(Command($"select row_no, {person.TableColumn} from {new ImportTables(sheet).Stage} where {person.TableColumn} is not null order by row_no"))).AsList();
                var others = await OthersPeople.FindAsync(connection, [.. rows.Select(row => row.Code).Distinct()], request.Scope, cancel);
                foreach (var (row, other) in rows.Where(row => others.Contains(row.Code)))
                    issues.Add(new(IssueCode.OutsideScope, sheet.Name, row, person.Caption, other, $"Mã {other} có ở đơn vị khác; hãy gửi đề nghị."));
                found |= others.Count > 0;
            }
            return found;
        }

        private static SheetOutcome None(SheetOutcome sheet) => new(sheet.Sheet, 0, 0, 0, 0);

        /// <summary>
        /// Imports queue up behind one another; the trail learns who and which. The number goes away again with the transaction, so that
        /// only what is written has one.
        /// </summary>
        private async Task<long> OpenAsync(long? undoes)
        {
            await ExecuteAsync("lock table import_run in share row exclusive mode");
            var number = await connection.ExecuteScalarAsync<long>(Command(
                """
                insert into import_run (import_id, at, by, file_name, sha256, outcome, undoes, reason, unit)
                select coalesce(max(import_id), 0) + 1, @now, @Actor, @FileName, @Sha256, '[]', @undoes, nullif(trim(@Reason), ''), @unit from import_run
                returning import_id
                """, new { now, request.Actor, request.FileName, request.Sha256, undoes, request.Reason, unit = request.Scope.Count == 1 ? request.Scope[0] : null }));
            await ExecuteAsync(
                "select set_config('sinho.actor', @actor, true), set_config('sinho.import', @id, true), set_config('sinho.today', @today, true), set_config('sinho.scope_units', @scope, true), set_config('sinho.unlocked', @unlocked, true)",
                new
                {
                    actor = request.Actor,
                    unlocked = request.Unlocked ? "true" : "",
                    scope = request.Scope.Count == 0 ? "" : $"{{{string.Join(',', request.Scope.Select(unit => $"\"{unit}\""))}}}",
                    id = number.ToString(CultureInfo.InvariantCulture),
                    today = Vietnamese.Today(now).ToString("O", CultureInfo.InvariantCulture),
                });
            return number;
        }

        /// <summary>What is given back has no file: a row's key stands in the place of its number.</summary>
        private async Task NameKeysAsync()
        {
            foreach (var sheet in ExchangeWorkbook.Sheets)
            {
                var rows = issues.RowsOf(sheet).ToArray();
                if (rows.Length == 0)
                    continue;
                var keys = (await connection.QueryAsync<(int Row, string Json)>(Command(
                    $"select row_no, to_jsonb(stage)::text from {new ImportTables(sheet).Stage} as stage where row_no = any (@rows)", new { rows })))
                    .ToDictionary(row => row.Row, row => sheet.KeyText(StoredRow.Read(row.Json)!));
                issues.NameRows(sheet, keys);
            }
        }

        private async Task StageAsync(ParsedSheet sheet, IRegisterSource source)
        {
            if (sheet.Definition is not { } definition)
            {
                issues.AddRange(sheet.Issues);
                if (sheet.Issues.Any(issue => !issue.IsWarning))
                    unreadable.UnionWith(ExchangeWorkbook.Sheets.Where(known => Matching.Key(known.Name) == Matching.Key(sheet.Name)));
                return;
            }
            if (definition.Columns.Where((column, index) => column.IsNeededKey && !sheet.Present[index]).Any())
                unreadable.Add(definition);
            present.Add(definition, sheet);
            using var span = Spans.Begin(Spans.Reading, definition.Name);
            var rows = 0;
            var tables = new ImportTables(definition);
            await using (var writer = await connection.BeginBinaryImportAsync(tables.Copy, cancel))
            {
                await foreach (var batch in ReadAhead.BatchesAsync(sheet.Rows, cancel))
                {
                    foreach (var row in batch)
                        issues.AddRange(row.Issues);
                    tables.Write(writer, batch);
                    if (rows / ProgressEvery != (rows += batch.Count) / ProgressEvery)
                        ReportRead(definition, rows, source);
                }
                await writer.CompleteAsync(cancel);
            }
            issues.AddRange(sheet.Issues);
            ReportRead(definition, rows, source);
            if (rows > 0)
                spoken.Add(definition);
            await ExecuteAsync(tables.Index);
        }

        private void ReportRead(SheetDefinition sheet, int rows, IRegisterSource source) => progress?.Report(new(
            "Đọc sổ",
            $"trang {sheet.Name}, {Vietnamese.Number(rows)} dòng",
            source.ShareRead ?? (double)present.Count / ExchangeWorkbook.Sheets.Count));

        private async Task<List<SheetOutcome>> ApplyAsync()
        {
            var outcomes = new List<SheetOutcome>();
            foreach (var sheet in ExchangeWorkbook.Sheets.Where(present.ContainsKey))
            {
                cancel.ThrowIfCancellationRequested();
                using var span = Spans.Begin(Spans.Comparing, sheet.Name);
                progress?.Report(JobStep.Of("So với sổ đăng ký", $"trang {sheet.Name}", outcomes.Count, present.Count));
                var tables = new ImportTables(sheet);
                var withFrom = !sheet.Columns.Where((column, index) => column.OfLatest && !present[sheet].Present[index]).Any();
                if (tables.SayVersion(withFrom, exact) is { } saying)
                    await ExecuteAsync(saying);
                foreach (var hiding in tables.HideNames(exact))
                    await ExecuteAsync(hiding);
                await FindDuplicatesAsync(sheet, tables);
                await ExecuteAsync(tables.MarkStored);
                await FillAsync(sheet, present[sheet], tables);
                if (CodesOf(sheet) is { } codes)
                    await ExecuteAsync($"insert into {codes} select distinct code from {tables.Stage} where not remove and not faulty and not duplicate on conflict do nothing");
                var removed = await ExecuteAsync(tables.Remove(withFrom));
                var changed = await ExecuteAsync(tables.Change);
                var added = await ExecuteAsync(tables.Add);
                if (sheet == ExchangeWorkbook.Members)
                {
                    if (!withFrom)
                    {
                        await ExecuteAsync(tables.ShareOfPerson!);
                        correctedLatest = await connection.ExecuteScalarAsync<int>(Command(tables.CountCorrectedLatest));
                    }
                    // What other sheets say is judged by the records, and these by the days on which they hold.
                    await ExecuteAsync("select refresh_record(array(select distinct code from stage_member where code is not null))");
                }
                var sound = await connection.ExecuteScalarAsync<int>(Command(tables.CountSound));
                outcomes.Add(new(sheet.Name, added, changed, sound - added - changed, removed));
                await AnalyzeAsync(sheet.Table, added + changed + removed);
            }
            return outcomes;
        }

        /// <summary>Silence erases nothing: what the file has no column for stays as it is stored, and the rows are judged with it.</summary>
        private async Task FillAsync(SheetDefinition sheet, ParsedSheet parsed, ImportTables tables)
        {
            if (unreadable.Contains(sheet))
                await ExecuteAsync(tables.MarkAllFaulty);
            if (!parsed.IsPartial)
                return;
            foreach (var statement in tables.Fill(parsed.Present))
                await ExecuteAsync(statement);
            foreach (var (column, index) in sheet.Columns.Select((column, index) => (column, index)).Where(pair => !parsed.Present[pair.index] && pair.column is { Required: true, InKey: false } or { Required: true, OfLatest: true }))
            {
                var incomplete = (await connection.QueryAsync<int>(Command(tables.MarkIncomplete(column)))).AsList();
                if (incomplete.Count > 0 && !parsed.Misspelt[index])
                    issues.Add(SheetParser.MissingColumn(sheet, index, parsed.CaptionRow, incomplete));
            }
            if (RowRules.Of(sheet) is not { } rules)
                return;
            var (order, faulty) = (new OrderOfDays(sheet), new List<int>());
            await using (var command = new NpgsqlCommand(tables.Merged, connection) { CommandTimeout = 0 })
            await using (var reader = await command.ExecuteReaderAsync(cancel))
            {
                while (await reader.ReadAsync(cancel))
                {
                    var row = SheetParser.WithRules(new(reader.GetInt32(0), tables.Values(reader), Remove: false, [], (uint)reader.GetInt64(1)), rules, order);
                    issues.AddRange(row.Issues);
                    if (row.Issues.Any(issue => !issue.IsWarning))
                        faulty.Add(row.Number);
                }
            }
            issues.AddRange(order.Issues(parsed.CaptionRow));
            if (faulty.Count > 0)
                await ExecuteAsync(tables.MarkFaulty, new { rows = faulty });
        }

        /// <summary>A former code means the member it stands for, in this file's own words first; said before anything is looked up by it.</summary>
        private async Task MeanPeopleAsync()
        {
            await ExecuteAsync(MeantCodes.Mean);
            if (await connection.ExecuteScalarAsync<bool>(Command(MeantCodes.AreNone)))
                return;
            foreach (var (row, alias, member) in await connection.QueryAsync<(int Row, string Alias, string Member)>(Command(MeantCodes.MarkCycles)))
            {
                issues.Add(new(IssueCode.BadValue, ExchangeWorkbook.FormerCodes.Name, row, ExchangeWorkbook.FormerCodes.Column("member").Caption, member, alias == member
                    ? $"Mã {alias} không thể là mã cũ của chính nó; hãy ghi mã được giữ lại ở cột Mã đảng viên."
                    : $"Mã cũ {alias} thành vòng: {member} lại được hiểu là {alias}; hãy chọn một mã được giữ lại."));
            }
            foreach (var (sheet, sql) in MeantCodes.Replace)
            {
                foreach (var (row, alias, member) in await connection.QueryAsync<(int Row, string Alias, string Member)>(Command(sql)))
                {
                    // In Mã cũ itself it stands in no key.
                    if (sheet != ExchangeWorkbook.FormerCodes)
                        meant[(sheet, row)] = (alias, member);
                }
            }
        }

        private async Task FindDuplicatesAsync(SheetDefinition sheet, ImportTables tables)
        {
            var keys = sheet.Columns.Where(column => column.InKey).ToList();
            foreach (var (row, firstRow, value) in await connection.QueryAsync<(int Row, int First, string Value)>(Command(tables.MarkDuplicates)))
            {
                var (said, why) = meant.TryGetValue((sheet, row), out var code) ? (code.Alias, $" vì {code.Alias} là mã cũ của {code.Member}")
                    : meant.TryGetValue((sheet, firstRow), out code) ? (value, $" vì {code.Alias} ở hàng {firstRow} là mã cũ của {code.Member}") : (value, "");
                issues.Add(new(IssueCode.DuplicateKey, sheet.Name, row, keys[0].Caption, said,
                    $"Trùng khóa với hàng {firstRow}{why} ({string.Join(", ", keys.Select(key => key.Caption))}); mỗi khóa chỉ được một dòng, hãy xóa hoặc gộp."));
            }
        }

        private async Task FindUnknownReferencesAsync()
        {
            using var span = Spans.Begin(Spans.Rules, IssueCode.UnknownReference);
            foreach (var reference in References.All)
            {
                var (sheet, column, target) = (reference.Sheet, reference.Column, reference.Target);
                // Such a sheet could have been meant to hold any code: it has its own error.
                if (unreadable.Contains(target))
                    continue;
                foreach (var (row, value) in await FoundAsync<(int Row, string Value)>(sheet, reference.Unknown))
                {
                    issues.Add(new(IssueCode.UnknownReference, sheet.Name, row, column.Caption, value,
                        $"Mã “{value}” chưa có trong trang {target.Name} của sổ này và chưa có trong hệ thống; hãy kiểm tra lại mã hoặc thêm dòng ở trang {target.Name}."));
                }
                foreach (var (row, value, users) in await FoundAsync<(int Row, string Value, int Users)>(target, reference.Orphaned))
                {
                    issues.Add(new(IssueCode.UnknownReference, target.Name, row, target.Columns[0].Caption, value,
                        $"Không xóa được mã “{value}”: còn {users} dòng của {sheet.Name} dùng mã này; hãy xóa hoặc sửa các dòng đó trong cùng sổ."));
                }
            }
        }

        /// <summary>What a query finds among the rows of a sheet, asked where the file has any.</summary>
        private async Task<IEnumerable<T>> FoundAsync<T>(SheetDefinition sheet, string sql) => spoken.Contains(sheet) ? await connection.QueryAsync<T>(Command(sql)) : [];

        private async Task ApplyRulesAsync(IReadOnlyList<SheetOutcome> sheets)
        {
            using (Spans.Begin(Spans.Rules, "prepare"))
                await ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(rulesFolder, "prepare.sql"), cancel));
            // Small foundings are counted by official members, so that table is brought up to date first.
            if (Touched(sheets, ExchangeWorkbook.Members, ExchangeWorkbook.Admissions))
            {
                using var span = Spans.Begin(Spans.Rules, "official_span");
                await ExecuteAsync("select refresh_official_span(array(select code from touched_member))");
                await AnalyzeAsync("official_span", await connection.ExecuteScalarAsync<int>(Command("select count(*) from touched_member")));
            }
            foreach (var (index, (rule, needs)) in Rules.Index())
            {
                if (needs.Any(unreadable.Contains))
                    continue;
                cancel.ThrowIfCancellationRequested();
                progress?.Report(JobStep.Of("Kiểm tra", IssueCode.Meaning(rule), index, Rules.Length + 1));
                var sql = await File.ReadAllTextAsync(Path.Combine(rulesFolder, $"{rule}.sql"), cancel);
                if (!spoken.Overlaps(RuleSubjects.Of(sql)))
                    continue;
                using var span = Spans.Begin(Spans.Rules, rule);
                await foreach (var found in connection.QueryUnbufferedAsync<Found>(sql, commandTimeout: 0).WithCancellation(cancel))
                    issues.Add(new(rule, found.Sheet, found.RowNo, found.Column, found.Value, request.Scope.Count > 0 && TellOfOthers.Contains(rule) ? Elsewhere : found.Message));
            }
        }

        private async Task FinishAsync(IReadOnlyList<SheetOutcome> sheets)
        {
            progress?.Report(JobStep.Of("Kiểm tra", "ràng buộc của cơ sở dữ liệu", Rules.Length, Rules.Length + 1));
            if (Touched(sheets, ExchangeWorkbook.Organisations))
            {
                await ExecuteAsync("select refresh_closure(array(select code from described_org))");
                await AnalyzeAsync("org_closure", await connection.ExecuteScalarAsync<int>(Command("select count(*) from org_closure where descendant in (select code from described_org)")));
            }
            foreach (var sheet in ExchangeWorkbook.Sheets.Where(sheet => Touched(sheets, sheet)))
            {
                if (CodesOf(sheet) is { } codes)
                {
                    await ExecuteAsync($"""
                        delete from {codes} as known
                        where known.code in (select code from {new ImportTables(sheet).Stage}) and not exists (select from {sheet.Table} as version where version.code = known.code)
                        """);
                }
            }
            // The database agrees now, while the import can still be cancelled, and in a dry run too.
            await ExecuteAsync("set constraints all immediate");
        }

        /// <summary>Without this the planner takes a table just filled for an empty one; where few rows were written it knows well enough.</summary>
        private Task<int> AnalyzeAsync(string table, int written) => ExecuteAsync("select analyze_register(@table, @written)", new { table, written });

        /// <summary>The table that has one row for each code there ever was; null where rows of the sheet are no versions.</summary>
        private static string? CodesOf(SheetDefinition sheet) => sheet.Table switch
        {
            "org_version" => "org",
            "village" => "settlement",
            "member" => "person",
            _ => null,
        };

        private static bool Touched(IReadOnlyList<SheetOutcome> sheets, params SheetDefinition[] asked) =>
            sheets.Any(sheet => asked.Any(one => one.Name == sheet.Sheet) && sheet.Added + sheet.Changed + sheet.Removed > 0);

        private Task<int> ExecuteAsync(string sql, object? parameters = null) => connection.ExecuteAsync(Command(sql, parameters));

        private CommandDefinition Command(string sql, object? parameters = null) =>
            new(sql, parameters, commandTimeout: 0, cancellationToken: cancel);

        private sealed record Found(string Sheet, int? RowNo, string? Column, string? Value, string Message);
    }
}
