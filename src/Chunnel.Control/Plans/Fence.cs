namespace Chunnel.Control;

/// <summary>
/// What every order carries, so that a late one is refused: the reign of the master that gave it and the deployment it
/// is about. A worker refuses an epoch below the highest it has seen and an attempt below the running one, and
/// remembers a cancelled attempt, because its deployment may still be under way (cluster.md 4.6).
/// </summary>
/// <param name="Epoch">The reign of one master.</param>
/// <param name="Attempt">The deployment of one pipeline, from 1.</param>
public readonly record struct Fence(long Epoch, int Attempt);
