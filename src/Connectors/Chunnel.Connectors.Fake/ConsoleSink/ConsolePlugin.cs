using Chunnel.Plugins;

namespace Chunnel.Connectors.Fake;

/// <summary>Console: rows as lines for a person to read.</summary>
internal sealed class ConsolePlugin : SinkPlugin
{
    public override string Name => "Console";

    public override string Summary => "Prints each row on a line, with its table and kind.";

    public override OptionSet Options => ConsoleOptions.All;

    public override ValueTask<ISink> CreateAsync(SinkContext context, CancellationToken stop) =>
        new(new ConsoleSink(context.Table, context.Get(ConsoleOptions.PrintData), context.Get(ConsoleOptions.PrintDelay)));
}
