using Chunnel.Plugins;

namespace Chunnel.Connectors.Fake;

/// <summary>The options of Console (spec connectors.md 4).</summary>
internal static class ConsoleOptions
{
    public static readonly Option<bool> PrintData = Option.Bool("log.print.data").Default(true).Says("Whether rows are printed, or only the columns at the start.");

    public static readonly Option<TimeSpan> PrintDelay = Option.Millis("log.print.delay.ms").Default(TimeSpan.Zero)
        .Must(time => time < TimeSpan.Zero ? "The value of 'log.print.delay.ms' must be at least 0." : null)
        .Says("The pause behind each row.");

    public static readonly OptionSet All = new([PrintData, PrintDelay]);
}
