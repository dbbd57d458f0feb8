using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>What a pipeline promises about its rows, and why, in words.</summary>
public sealed record Guarantee(DeliveryGuarantee Level, string Reason)
{
    /// <summary>The weakest of what source, sinks and mode can keep.</summary>
    public static Guarantee Of(ISource source, string sourceName, IEnumerable<(string Name, ISink Sink)> sinks)
    {
        if (source.Replay == SourceReplay.None)
        {
            return new Guarantee(DeliveryGuarantee.AtMostOnce, $"{sourceName} cannot read again what it has read: rows in flight are lost with a failure.");
        }
        var weakest = sinks.MinBy(pair => LevelOf(pair.Sink.Delivery));
        return LevelOf(weakest.Sink.Delivery) switch
        {
            DeliveryGuarantee.ExactlyOnce => new Guarantee(DeliveryGuarantee.ExactlyOnce, weakest.Sink.Delivery == SinkDelivery.Idempotent
                ? $"{sourceName} reads the same rows again from the last checkpoint, and writing them to {weakest.Name} again changes nothing."
                : $"{sourceName} reads the same rows again from the last checkpoint, and {weakest.Name} shows rows only with their checkpoint."),
            DeliveryGuarantee.AtLeastOnce => new Guarantee(DeliveryGuarantee.AtLeastOnce, $"{weakest.Name} may get rows after the last checkpoint again when the pipeline is restored."),
            _ => new Guarantee(DeliveryGuarantee.AtMostOnce, $"{weakest.Name} may lose rows with a failure."),
        };
    }

    private static DeliveryGuarantee LevelOf(SinkDelivery delivery) => delivery switch
    {
        SinkDelivery.ExactlyOnce or SinkDelivery.Idempotent => DeliveryGuarantee.ExactlyOnce,
        SinkDelivery.AtLeastOnce => DeliveryGuarantee.AtLeastOnce,
        _ => DeliveryGuarantee.AtMostOnce,
    };
}
