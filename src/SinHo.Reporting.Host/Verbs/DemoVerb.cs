using System.CommandLine;
namespace SinHo.Reporting.Host.Verbs;
public static class DemoVerb { public static Command Command() => new("demo", ""); }
