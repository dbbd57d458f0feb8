namespace Chunnel.Bench;

/// <summary>Something that is measured, and fills a page.</summary>
internal interface IBench
{
    string Name { get; }

    Task<ResultPage> RunAsync();
}
