using Chunnel.RepoTests.Tree;

namespace Chunnel.RepoTests.Arrows;

/// <summary>Who may know whom (ARCHITECTURE.md, "The house"). Arrows never turn round.</summary>
internal static class Layers
{
    private static readonly string[] s_engine = ["Chunnel.Engine", "Chunnel.Control", "Chunnel.Config", "Chunnel.Plugins", "Chunnel.Core"];
    private static readonly string[] s_connector = ["Chunnel.Formats", "Chunnel.Formats.Parquet", "Chunnel.Plugins", "Chunnel.Core"];

    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["Chunnel.Core"] = [],
        ["Chunnel.Client"] = [],
        ["Chunnel.Config"] = ["Chunnel.Core"],
        ["Chunnel.Control"] = ["Chunnel.Core"],
        ["Chunnel.Plugins"] = ["Chunnel.Core"],
        ["Chunnel.Formats"] = ["Chunnel.Plugins", "Chunnel.Core"],
        ["Chunnel.Formats.Parquet"] = ["Chunnel.Formats", "Chunnel.Plugins", "Chunnel.Core"],
        ["Chunnel.Transforms.DynamicCompile"] = ["Chunnel.Transforms", "Chunnel.Formats", "Chunnel.Plugins", "Chunnel.Core"],
        ["Chunnel.Transforms"] = ["Chunnel.Formats", "Chunnel.Plugins", "Chunnel.Core"],
        ["Chunnel.Engine"] = ["Chunnel.Control", "Chunnel.Config", "Chunnel.Plugins", "Chunnel.Core"],
        ["Chunnel.Rest"] = s_engine,
        ["Chunnel.TestKit"] = [.. s_engine, "Chunnel.Formats"],
    };

    /// <summary>The composition roots see every part of the product; nothing but the command sees the server.</summary>
    private static readonly string[] s_roots = ["Chunnel.Cli", "Chunnel.Server"];

    /// <summary>What <paramref name="project"/> may know, or null where nobody has said.</summary>
    public static IReadOnlyCollection<string>? Allowed(Project project)
    {
        if (s_roots.Contains(project.Name))
        {
            return [.. Repository.ProjectsUnder("src").Select(each => each.Name)
                .Where(name => name is not ("Chunnel.Cli" or "Chunnel.TestKit"))];
        }
        if (project.Path.StartsWith("src/Connectors/", StringComparison.Ordinal))
        {
            return s_connector;
        }
        return s_allowed.GetValueOrDefault(project.Name);
    }
}
