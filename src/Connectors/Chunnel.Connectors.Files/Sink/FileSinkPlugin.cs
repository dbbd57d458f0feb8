using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>A sink of files in some store. A store of its own adds the options that reach it.</summary>
public abstract class FileSinkPlugin : SinkPlugin
{
    /// <summary>The options that say where the store is.</summary>
    protected virtual IReadOnlyList<OptionDescription> StoreOptions => [];

    public sealed override OptionSet Options => new([.. StoreOptions, .. FileSinkOptions.Set.Options], [.. FileSinkOptions.Set.Rules]);

    /// <summary>Reaches the store that the settings describe.</summary>
    protected abstract IFileStore OpenStore(SettingsObject settings);

    public sealed override IReadOnlyList<Problem> Check(SettingsObject settings)
    {
        var problems = base.Check(settings);
        // Further questions need values that can be read.
        return problems.Any(problem => problem.Severity == Severity.Error) ? problems : [.. problems, .. FileSinkChecks.Of(settings, Name)];
    }

    public sealed override ValueTask<ISink> CreateAsync(SinkContext context, CancellationToken stop)
    {
        var wrong = FileSinkChecks.Of(context.Settings, Name).Where(problem => problem.Severity == Severity.Error).ToList();
        if (wrong.Count > 0) throw new ProblemsException(wrong);
        var settings = FileSinkSettings.Read(context.Settings);
        var columns = new FileSinkColumns(context.Table, settings);
        return new(new FileSink(settings, columns, OpenStore(context.Settings), context.JobId));
    }
}
