namespace Chunnel.JobTests;

/// <summary>Where numbered rows come from.</summary>
internal interface INumberedSource
{
    /// <summary>The blocks of a job file up to the sink.</summary>
    string Block(int parallelism);

    /// <summary>Makes sure that the numbers from 0 up to the count are there.</summary>
    Task FillAsync(int rows);
}
