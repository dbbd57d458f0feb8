namespace Chunnel.JobTests;

/// <summary>Where numbered rows go.</summary>
internal interface INumberedTarget
{
    /// <summary>The sink of a job file.</summary>
    string Block { get; }

    /// <summary>What it needs of the job's settings.</summary>
    string Env => "";

    Task EmptyAsync();

    /// <summary>What anybody sees who looks there: each number with how often.</summary>
    Task<IReadOnlyDictionary<long, int>> SeenAsync();

    /// <summary>How many of so many rows are refused on their way, and set aside.</summary>
    int Refused(int rows) => 0;

    /// <summary>What a job that has ended should have taken away: files that are no result, transactions that wait.</summary>
    Task<IReadOnlyList<string>> LeftBehindAsync();
}
