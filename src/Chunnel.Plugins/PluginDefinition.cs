using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>What a plug-in is, without any of it running: its name, options and promises.</summary>
public abstract class PluginDefinition
{
    public abstract PluginKind Kind { get; }

    /// <summary>SeaTunnel's factory identifier; matched in any case.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence for the reference page.</summary>
    public abstract string Summary { get; }

    public abstract OptionSet Options { get; }

    /// <summary>Everything wrong with a block's settings that can be told without connecting to anything. Override to add to the option rules.</summary>
    public virtual IReadOnlyList<Problem> Check(SettingsObject settings) => Options.Check(settings, Name, CommonOptionsOfKind);

    private IReadOnlyList<OptionDescription> CommonOptionsOfKind => Kind switch
    {
        PluginKind.Source => CommonOptions.OfSources,
        PluginKind.Transform => CommonOptions.OfTransforms,
        _ => CommonOptions.OfSinks,
    };
}

public abstract class SourcePlugin : PluginDefinition
{
    public sealed override PluginKind Kind => PluginKind.Source;

    /// <summary>True when the source only makes sense in a streaming job.</summary>
    public virtual bool UnboundedOnly => false;

    /// <summary>Makes the source. It may look at its system (schemas), but starts nothing.</summary>
    public abstract ValueTask<ISource> CreateAsync(SourceContext context, CancellationToken stop);
}

public abstract class TransformPlugin : PluginDefinition
{
    public sealed override PluginKind Kind => PluginKind.Transform;

    /// <summary>Makes the transform for the tables that come in.</summary>
    public abstract ValueTask<ITransform> CreateAsync(TransformContext context, CancellationToken stop);
}

public abstract class SinkPlugin : PluginDefinition
{
    public sealed override PluginKind Kind => PluginKind.Sink;

    /// <summary>Options whose text keeps its <c>${...}</c> when table placeholders are filled in.</summary>
    public virtual IReadOnlyList<string> KeysWithoutPlaceholders => [];

    /// <summary>Makes the sink for one table: the engine makes one a table when several come in.</summary>
    public abstract ValueTask<ISink> CreateAsync(SinkContext context, CancellationToken stop);
}
