using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Copy;
using Chunnel.Transforms.FieldMapper;
using Chunnel.Transforms.Filter;
using Chunnel.Transforms.Sql;

namespace Chunnel.Transforms;

/// <summary>The transforms that come with Chunnel.</summary>
public static class TransformPlugins
{
    public static IReadOnlyList<PluginEntry> Plugins { get; } =
    [
        new(PluginKind.Transform, "Sql", () => new SqlPlugin()),
        new(PluginKind.Transform, "Copy", () => new CopyPlugin()),
        new(PluginKind.Transform, "FieldMapper", () => new FieldMapperPlugin()),
        new(PluginKind.Transform, "Filter", () => new FilterPlugin()),
    ];
}
