using System.CommandLine;
namespace SinHo.Reporting.Host.Verbs;
public static class ListVerb { public static Command Command() => new("list", ""); }
