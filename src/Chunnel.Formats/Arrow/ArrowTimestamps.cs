namespace Chunnel.Formats.Arrow;

/// <summary>The unit that timestamps get on the way out. It is fixed for a column before the first row.</summary>
public enum ArrowTimestamps
{
    /// <summary>Microseconds, shared without a copy; digits below are lost and counted.</summary>
    Micros,

    /// <summary>Milliseconds; digits below are lost and counted.</summary>
    Millis,

    /// <summary>Nanoseconds for columns that declare seven digits of a second or more, microseconds for the others. Nanoseconds reach from 1677 to 2262.</summary>
    NanosWhereDeclared,
}
