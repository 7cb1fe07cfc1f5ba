using System.CommandLine;
namespace SinHo.Reporting.Host.Verbs;
public static class ServeVerb { public static Command Command() => new("serve", ""); }
