using System.CommandLine;
namespace SinHo.Reporting.Host.Verbs;
public static class ExportRegisterVerb { public static Command Command() => new("export-register", ""); }
