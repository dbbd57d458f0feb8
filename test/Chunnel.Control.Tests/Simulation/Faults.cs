namespace Chunnel.Control.Tests.Simulation;

/// <summary>How badly the world behaves in one run: chances from 0 to 1, drawn from the seed.</summary>
internal sealed record Faults
{
    public required double Drop { get; init; }

    public required double Repeat { get; init; }

    public required double Delay { get; init; }

    public required double TaskFails { get; init; }

    public required double TaskHangs { get; init; }

    public required double WorkerDies { get; init; }

    /// <summary>A stored state is damaged where it lies.</summary>
    public required double StateRots { get; init; }

    /// <summary>The whole cluster loses its power: only the log is left.</summary>
    public required double PowerFails { get; init; }

    /// <summary>It does so between two effects of one decision.</summary>
    public required double PowerFailsWhileActing { get; init; }

    /// <summary>Every kind of fault is on in some runs and off in others, so that each is seen alone and with the rest.</summary>
    public static Faults Draw(Random dice) => new()
    {
        Drop = Sometimes(dice, 0.3),
        Repeat = Sometimes(dice, 0.3),
        Delay = Sometimes(dice, 0.1),
        TaskFails = Sometimes(dice, 0.2),
        TaskHangs = Sometimes(dice, 0.1),
        WorkerDies = Sometimes(dice, 0.5),
        StateRots = Sometimes(dice, 0.1),
        PowerFails = Sometimes(dice, 0.5),
        PowerFailsWhileActing = Sometimes(dice, 0.01),
    };

    private static double Sometimes(Random dice, double most) => dice.Next(2) == 0 ? 0 : dice.NextDouble() * most;
}
