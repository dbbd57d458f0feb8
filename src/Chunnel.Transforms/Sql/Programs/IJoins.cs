namespace Chunnel.Transforms.Sql.Programs;

/// <summary>
/// An operation that can do the work of later ones with its own, in one pass over what they all read. A later one that was joined finds its
/// register filled when its turn comes, and does nothing.
/// </summary>
internal interface IJoins
{
    /// <summary>Takes a later operation's work over, if it is of the same kind on the same values.</summary>
    bool TryJoin(Operation later);
}
