using System.CommandLine;
namespace SinHo.Reporting.Host.Verbs;
public static class TemplateVerb { public static Command Command() => new("template", ""); }
