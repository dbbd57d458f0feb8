using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>Start here: the file connectors by name. All of them read and write in the same way; they differ in the <see cref="IFileStore"/>.</summary>
public static class FilesConnector
{
    public static IReadOnlyList<PluginEntry> Plugins { get; } =
    [
        new(PluginKind.Source, "LocalFile", () => new LocalFileSource()),
        new(PluginKind.Sink, "LocalFile", () => new LocalFileSink()),
    ];
}
