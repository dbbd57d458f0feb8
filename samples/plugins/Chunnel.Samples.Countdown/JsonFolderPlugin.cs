using Chunnel.Plugins;

namespace Chunnel.Samples.Countdown;

/// <summary>JsonFolder: rows as lines of JSON in files of a folder, each row there once.</summary>
public sealed class JsonFolderPlugin : SinkPlugin
{
    public static readonly Option<string> Folder = Option.Text("folder").IsRequired().Says("Where the files go; it is made when it is not there.");

    public override string Name => "JsonFolder";

    public override string Summary => "Writes rows as lines of JSON into files of a folder.";

    public override OptionSet Options { get; } = new([Folder]);

    public override ValueTask<ISink> CreateAsync(SinkContext context, CancellationToken stop) => new(new JsonFolderSink(context.Table, context.Get(Folder)));
}
