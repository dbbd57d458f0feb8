using System.Globalization;

namespace Chunnel.Control.Tests.Simulation;

/// <summary>The rows of one subtask between two barriers; also what its writer's state says.</summary>
internal readonly record struct SimRows(long From, long To)
{
    public static SimRows Parse(string text)
    {
        var parts = text.Split('-');
        return new(long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From}-{To}");
}
