namespace Chunnel.Rest;

/// <summary>The cluster in numbers.</summary>
/// <param name="Version">Of the program.</param>
/// <param name="Commit">That it was built from, short.</param>
/// <param name="TotalSlots">Of workers that carry every tag asked for; 0 where slots are made on demand.</param>
/// <param name="FreeSlots">Those that nobody holds.</param>
/// <param name="Workers">Those that carry every tag asked for.</param>
/// <param name="Running">Jobs that have not ended and do not wait.</param>
/// <param name="Pending">Jobs that wait for slots.</param>
/// <param name="Finished">Remembered jobs that ended well.</param>
/// <param name="Failed">Remembered jobs that failed.</param>
/// <param name="Canceled">Remembered jobs that were cancelled.</param>
internal sealed record Overview(string Version, string Commit, int TotalSlots, int FreeSlots, int Workers, int Running, int Pending, int Finished, int Failed, int Canceled);
