using System.CommandLine;
namespace SinHo.Reporting.Host.Verbs;
public static class DefinitionsVerb { public static Command Command() => new("definitions", ""); }
