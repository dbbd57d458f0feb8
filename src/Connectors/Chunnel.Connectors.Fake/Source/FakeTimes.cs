using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Fake;

/// <summary>The parts that made-up dates and times are picked from.</summary>
internal sealed record FakeTimes(int[]? Years, int[] Months, int[] Days, int[] Hours, int[] Minutes, int[] Seconds)
{
    /// <summary>More days than a person lists: keeps the table of them small.</summary>
    private const int MostDays = 1 << 20;

    /// <exception cref="ChunnelException">A part is out of its range, or no listed day exists.</exception>
    public static FakeTimes Read(SettingsObject settings)
    {
        var times = new FakeTimes(
            FakeSourceOptions.Years.TryRead(settings, out var years) ? Parts(FakeSourceOptions.Years, years, CivilTime.LeastYear, CivilTime.MostYear) : null,
            Part(settings, FakeSourceOptions.Months, 1, 12, 12),
            Part(settings, FakeSourceOptions.Days, 1, 31, 28),
            Part(settings, FakeSourceOptions.Hours, 0, 23, 23),
            Part(settings, FakeSourceOptions.Minutes, 0, 59, 59),
            Part(settings, FakeSourceOptions.Seconds, 0, 59, 59));
        if (times.EpochDays(2024).Length == 0)
        {
            throw new ChunnelException(CommonErrors.OptionValidateFailed, "No day of 'date.day.template' exists in a month of 'date.month.template' and a year of 'date.year.template'.")
            {
                Where = FakeSourceOptions.Days.Find(settings)?.Value.Where ?? settings.Where,
                Mend = "List a day that the months have.",
            };
        }
        return times;
    }

    /// <summary>Every listed day that exists, as days since 1970-01-01.</summary>
    public int[] EpochDays(int currentYear)
    {
        var days = new List<int>();
        foreach (var year in Years ?? [currentYear])
        {
            foreach (var month in Months)
            {
                foreach (var day in Days)
                {
                    if (CivilDate.Exists(year, month, day) && days.Count < MostDays) days.Add((int)CivilDate.ToDays(year, month, day));
                }
            }
        }
        // The 29th of February alone, and the current year is no leap year: the nearest one that has it.
        return days.Count == 0 && Years is null && !CivilDate.IsLeap(currentYear) ? EpochDays(currentYear - 1) : [.. days];
    }

    private static int[] Part(SettingsObject settings, Option<IReadOnlyList<SettingsNode>> option, int least, int most, int mostWhenAbsent) =>
        option.TryRead(settings, out var nodes) ? Parts(option, nodes, least, most) : [.. Enumerable.Range(least, mostWhenAbsent - least + 1)];

    private static int[] Parts(Option<IReadOnlyList<SettingsNode>> option, IReadOnlyList<SettingsNode> nodes, int least, int most)
    {
        var parts = new int[nodes.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = SettingsConvert.ToInt32(option.Key, nodes[i]);
            if (parts[i] < least || parts[i] > most) throw SettingsConvert.Wrong(option.Key, nodes[i], $"{parts[i]} in '{option.Key}' should >= {least} and <= {most}.");
        }
        return parts.Length > 0 ? parts : throw new ChunnelException(CommonErrors.OptionValidateFailed, $"'{option.Key}' is empty: there is nothing to pick from.");
    }
}
