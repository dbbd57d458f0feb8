using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Server;

namespace Chunnel.Cli.SeaTunnel;

/// <summary><c>bin/seatunnel-connector.sh</c>: which plug-ins there are, and what they can be told (spec engine.md 14.8).</summary>
internal static class SeaTunnelConnectorCommand
{
    private const string Help = """
        Usage: seatunnel-connector.sh [options]
          Options:
            -l, --list          List all sources, sinks and transforms
            -pt, --plugin-type  Only those of a kind: source, sink or transform
            -o, --option-rule   Show what the plug-in of this name can be told
            -h, --help          Show this text
        """;

    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        string? name = null;
        PluginKind? kind = null;
        var lists = false;
        for (var at = 0; at < args.Length; at++)
        {
            switch (args[at])
            {
                case "-h" or "--help":
                    output.WriteLine(Help);
                    return ExitCodes.Success;
                case "-l" or "--list": lists = true; break;
                case "-o" or "--option-rule" when at + 1 < args.Length: name = args[++at]; break;
                case "-pt" or "--plugin-type" when at + 1 < args.Length:
                    if (!Enum.TryParse<PluginKind>(args[++at], ignoreCase: true, out var given) || !Enum.IsDefined(given)) return Wrong($"'{args[at]}' is no kind of plug-in. -pt takes source, sink or transform.");
                    kind = given;
                    break;
                case "-o" or "--option-rule" or "-pt" or "--plugin-type": return Wrong($"Expected a value after parameter {args[at]}");
                default: return Wrong($"'{args[at]}' is no option of seatunnel-connector.sh. {Nearest.DidYouMean(args[at], ["--list", "--plugin-type", "--option-rule", "--help"])}".TrimEnd());
            }
        }
        var plugins = InstalledPlugins.Look();
        foreach (var problem in plugins.Problems) errors.WriteLine(problem);
        PluginKind[] kinds = kind is { } one ? [one] : [PluginKind.Source, PluginKind.Sink, PluginKind.Transform];
        if (name is not null) return ShowRules(plugins.Registry, kinds, name, output, errors);
        if (lists || kind is not null) List(plugins.Registry, kinds, output);
        else output.WriteLine(Help);
        return ExitCodes.Success;

        int Wrong(string what)
        {
            errors.WriteLine(what);
            errors.WriteLine(Help);
            return ExitCodes.Usage;
        }
    }

    private static void List(PluginRegistry plugins, PluginKind[] kinds, TextWriter output)
    {
        foreach (var kind in kinds)
        {
            output.WriteLine();
            output.WriteLine(kind.ToString());
            output.WriteLine(string.Join(' ', plugins.Names.Where(plugin => plugin.Kind == kind).Select(plugin => plugin.Name).Order(StringComparer.OrdinalIgnoreCase)));
        }
    }

    private static int ShowRules(PluginRegistry plugins, PluginKind[] kinds, string name, TextWriter output, TextWriter errors)
    {
        var found = kinds.Select(kind => plugins.Find(kind, name)).OfType<PluginDefinition>().ToList();
        foreach (var plugin in found)
        {
            output.WriteLine();
            output.WriteLine($"{plugin.Kind} {plugin.Name}");
            output.WriteLine("Required Options: ");
            foreach (var option in plugin.Options.Options.Where(option => option.Required)) output.WriteLine(LineOf(option));
            foreach (var rule in plugin.Options.Rules) output.WriteLine($" {rule.Meaning.Replace('`', '\'')}");
            output.WriteLine("Optional Options: ");
            foreach (var option in plugin.Options.Options.Where(option => !option.Required)) output.WriteLine(LineOf(option));
        }
        if (found.Count > 0) return ExitCodes.Success;
        foreach (var kind in kinds) errors.WriteLine(plugins.Unknown(kind, name, TextPosition.Nowhere).Message);
        return ExitCodes.Failure;
    }

    private static string LineOf(OptionDescription option)
    {
        var old = option.OldKeys.Count == 0 ? "" : $" (fallback keys: [{string.Join(", ", option.OldKeys)}])";
        return $" Key: '{option.Key}', default: {option.DefaultText ?? "none"}{old}, Description: '{option.Description}'";
    }
}
