using System.CommandLine;
namespace SinHo.Reporting.Host.Verbs;
public static class CheckVerb { public static Command Command() => new("check", ""); }
