using System.CommandLine;
using System.Runtime.InteropServices;
using SinHo.Reporting;
using SinHo.Reporting.Host;
using SinHo.Reporting.Host.Verbs;

OwnFiles.CloseToOthers();

// A verb per file in Verbs/. Each gets the parsed words and a token that Ctrl-C, a stop of the service or a closed terminal cancels.
using var stop = new CancellationTokenSource();
PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
var registrations = signals.Select(signal => PosixSignalRegistration.Create(signal, context =>
{
    context.Cancel = true;
    stop.Cancel();
})).ToList();

var root = new RootCommand("Thống kê đảng viên và tổ chức đảng: số liệu đúng ở mọi ngày, báo cáo Excel ký được ngay.");
root.Options.Add(CommonOptions.Database);
root.Options.Add(CommonOptions.Data);
root.Options.Add(CommonOptions.Timings);
root.Add(DemoVerb.Command());
root.Add(ServeVerb.Command());
root.Add(StatusVerb.Command());
root.Add(ScheduleVerb.Command());
root.Add(CalendarVerb.Command());
root.Add(ObligationsVerb.Command());
root.Add(ImportVerb.Command());
root.Add(UndoImportVerb.Command());
root.Add(ReorganiseVerb.Command());
root.Add(RecordVerb.Command());
root.Add(RollVerb.Command());
root.Add(ExportRegisterVerb.Command());
root.Add(ReportVerb.Command());
root.Add(ListVerb.Command());
root.Add(CompareVerb.Command());
root.Add(RankVerb.Command());
root.Add(PublicCopyVerb.Command());
foreach (var command in SigningVerbs.Commands().Concat(SumVerbs.Commands()))
    root.Add(command);
root.Add(GenerateVerb.Command());
root.Add(TemplateVerb.Command());
root.Add(ReportTemplateVerb.Command());
root.Add(BackupVerb.Command());
root.Add(RestoreVerb.Command());
root.Add(ProveBackupVerb.Command());
root.Add(CheckVerb.Command());
root.Add(DefinitionsVerb.Command());
root.Add(AccountVerb.Command());

var exit = await CommandLine.RunAsync(root, args, stop.Token);
registrations.ForEach(registration => registration.Dispose());
return exit;

/// <summary>The entry point; named so that tests can start it.</summary>
public partial class Program;
