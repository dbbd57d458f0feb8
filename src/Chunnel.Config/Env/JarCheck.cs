using Chunnel.Core;

namespace Chunnel.Config.Env;

/// <summary>
/// What is to be said of <c>env.jars</c>. SeaTunnel loads them; this engine finds its plug-ins in their folders, so nothing that a job
/// lists here is loaded, and the job is told so instead of failing later for a reason that nobody sees.
/// </summary>
internal static class JarCheck
{
    private const string Home = "A plug-in goes into a folder plugins/<name>/ beside the program (docs/write-a-connector.md).";

    public static IEnumerable<Problem> Of(IEnumerable<string> jars, TextPosition where) => jars.Select(Look).OfType<(string What, string Mend)>().Select(
        said => new Problem(CommonErrors.OptionValidateFailed, said.What) { Severity = Severity.Warning, Where = where, Mend = said.Mend });

    private static (string What, string Mend)? Look(string jar)
    {
        var path = Uri.TryCreate(jar, UriKind.Absolute, out var uri) && uri.IsFile ? uri.LocalPath : jar;
        if (!File.Exists(path)) return ($"'{jar}' of '{EnvKeys.Jars}' does not exist.", $"Correct the path or take it out. {Home}");
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".JAR" => ($"'{jar}' of '{EnvKeys.Jars}' is a Java library, which this engine cannot load.", $"Take it out; if a plug-in of the job came from it, look for its .NET twin. {Home}"),
            ".DLL" => ($"'{jar}' of '{EnvKeys.Jars}' is not loaded from there.", Home),
            _ => null,
        };
    }
}
