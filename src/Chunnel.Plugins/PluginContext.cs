using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>What a plug-in is told when it is made.</summary>
public abstract record PluginContext
{
    /// <summary>The plug-in's block, variables filled in.</summary>
    public required SettingsObject Settings { get; init; }

    public JobMode Mode { get; init; } = JobMode.Batch;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The job's id as text, or a name that stands for it in checks and tests.</summary>
    public string JobId { get; init; } = "0";

    /// <summary>The folder of the job file: relative paths do not resolve against it (as in SeaTunnel), includes do.</summary>
    public string? JobFolder { get; init; }

    /// <summary>Writes a line into the job's log.</summary>
    public Action<string> Say { get; init; } = _ => { };

    /// <summary>Reads an option from the block.</summary>
    public T Get<T>(Option<T> option) => option.Read(Settings);

    /// <summary>Reads an option without default; false when it is not set.</summary>
    public bool TryGet<T>(Option<T> option, out T value) => option.TryRead(Settings, out value);
}

public sealed record SourceContext : PluginContext
{
    /// <summary>True when what cannot be read does not end the job: readers may meet it and go on.</summary>
    public bool MayRefuseRows { get; init; }

    /// <summary>The <c>plugin_output</c> name: the table path when the schema names none.</summary>
    public string? OutputName { get; init; }
}

public sealed record TransformContext : PluginContext
{
    /// <summary>The tables of each input, in the order of <c>plugin_input</c>.</summary>
    public required IReadOnlyList<TableSchema> Tables { get; init; }

    public string? OutputName { get; init; }

    /// <summary>Functions that plug-ins bring to queries.</summary>
    public SqlFunctionSet SqlFunctions { get; init; } = SqlFunctionSet.None;
}

public sealed record SinkContext : PluginContext
{
    /// <summary>The table that the sink writes; placeholders in the settings are filled in for it.</summary>
    public required TableSchema Table { get; init; }

    /// <summary>The paths of all tables that the same block writes; null when nobody told.</summary>
    public IReadOnlyList<string>? TablesOfBlock { get; init; }
}
