using System.CommandLine;
namespace SinHo.Reporting.Host.Verbs;
public static class GenerateVerb { public static Command Command() => new("generate", ""); }
