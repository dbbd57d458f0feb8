using Chunnel.Plugins;

namespace Chunnel.Samples.Countdown;

/// <summary>Countdown: a source of one column that counts from a number down to 1.</summary>
public sealed class CountdownPlugin : SourcePlugin
{
    public static readonly Option<long> From = Option.Long("from").IsRequired().AtLeast(0L).Says("The number to begin with.");

    public override string Name => "Countdown";

    public override string Summary => "Counts from a number down to 1.";

    public override OptionSet Options { get; } = new([From]);

    public override ValueTask<ISource> CreateAsync(SourceContext context, CancellationToken stop) =>
        new(new CountdownSource(context.Get(From), context.OutputName));
}
