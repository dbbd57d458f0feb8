using System.Reflection;

namespace Chunnel.Canaries;

/// <summary>Jobs whose plug-ins (test/plugins/Chunnel.Leaky) say their secrets aloud, each at another place; and how each ends.</summary>
internal static class LeakyJobs
{
    public static IReadOnlyList<(string Name, string Text, string End)> All { get; } =
    [
        .. Ending("REFUSED", "check", "make_source", "refuse", "make_sink", "make_committer"),
        .. Ending("FAILED", "open_enumerator", "enumerate", "open_reader", "read", "make_writer", "open_writer", "write", "prepare", "commit", "save_mode"),
        .. Ending("FINISHED", "say", "skip", "warn", "catalog", "let_go", "nowhere"),
        ("shaded", Of("read", "shade.identifier = mirror", Mirrored), "FAILED"),
    ];

    /// <summary>A job whose password, of eight letters, was written by the cipher of the plug-in; its one row says how long the password is.</summary>
    public static string Shaded { get; } = Of("nowhere", "shade.identifier = mirror", Mirrored).Replace("LeakySink", "Console", StringComparison.Ordinal);

    /// <summary>As the cipher of the plug-in writes it.</summary>
    public static string Mirrored(string plain) => "mirror:" + new string([.. plain.Reverse()]);

    /// <summary>Puts the plug-ins into a folder as a person would.</summary>
    public static void InstallPlugins(string plugins)
    {
        var built = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "LeakyFolder").Value!;
        var folder = Directory.CreateDirectory(Path.Combine(plugins, "leaky")).FullName;
        foreach (var file in Directory.EnumerateFiles(built)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    private static IEnumerable<(string, string, string)> Ending(string end, params string[] places) => places.Select(place => (place, Of(place, "", plain => plain), end));

    private static string Of(string place, string env, Func<string, string> closed)
    {
        var options = $$"""
              leaks_in = {{place}}, password = "{{closed("c4n4ry-1")}}", username = "{{closed("c4n4ry-2")}}", magic_word = "c4n4ry \"3\" \\ / ?", pin = ["{{closed("c4n4ry-4")}}", "{{closed("c4n4ry-5")}}"]
              url = "jdbc:postgresql://h/d?user=u&password=c4n4ry%2F6&ssl=true", uri = "mongodb://u:c4n4ry-7@h/d"
              servers = [ { host = h, auth { user = "c4n4ry-8", api.token = "c4n4ry-9" } } ]
              dsn = "host=h password='c4n4ry 10' port=1"
            """;
        return $$"""
            env { job.name = "leak", job.retry.times = 0, shade.options = ["pin"]
              {{env}}
            }
            source { LeakySource {
            {{options}}
            } }
            sink { LeakySink {
            {{options}}
            } }

            """;
    }
}
