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

    /// <summary>What a writer's state says: rows that are prepared, the newest last, and how many changes of the schema its reader had passed.</summary>
    public static (IReadOnlyList<SimRows> Rows, int Changes) ParseState(string state)
    {
        var parts = state.Split(';');
        return ([.. parts[0].Split(',').Select(Parse)], int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From}-{To}");
}
