namespace Kinora.Nodes;

/// <summary>The machines that work on one database at this moment.</summary>
public interface INodes
{
    /// <summary>Says that this one is alive, and learns which others are.</summary>
    Task<NodeSeat> TakeSeatAsync(CancellationToken cancel);
}

/// <summary>The place of one machine among those that are alive: what all of them may do together is dealt out by it.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Count">How many there are, this one included.</param>
/// <param name="IsNew">The others may not have heard of it yet, and still use its share.</param>
public sealed record NodeSeat(int Index, int Count, bool IsNew)
{
    public static readonly NodeSeat Alone = new(0, 1, IsNew: false);

    /// <summary>This machine's part of a number that holds for all together; the parts of all add up to it.</summary>
    /// <param name="most">Of all together, at least 0.</param>
    /// <param name="of">What is dealt out: what cannot be divided falls to another machine for each name.</param>
    public int ShareOf(int most, string of)
    {
        if (IsNew)
        {
            return 0;
        }

        var place = (Index + of.Sum(letter => letter)) % Count;
        return (most / Count) + (place < most % Count ? 1 : 0);
    }
}

/// <summary>One machine that shares its database with no other.</summary>
public sealed class OneNode : INodes
{
    public Task<NodeSeat> TakeSeatAsync(CancellationToken cancel) => Task.FromResult(NodeSeat.Alone);
}
