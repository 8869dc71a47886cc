namespace Kinora.Adapters.Providers.Workflows;

/// <summary>How far a graph is: how many of its nodes are done, and how far the present one is. Nodes are not equally long, but nobody knows how long.</summary>
/// <param name="nodes">How many there are; at least one.</param>
internal sealed class NodeProgress(int nodes)
{
    private readonly HashSet<string> _done = [];
    private string? _node;
    private double _part = -1;

    /// <summary>0 to 1, never less than before; null as long as nothing was told. May be read while others tell.</summary>
    public double? Part => Volatile.Read(ref _part) is >= 0 and var part ? part : null;

    /// <summary>These need not work: their results are there already.</summary>
    public void Skip(IEnumerable<string> cached)
    {
        _done.UnionWith(cached);
        Tell(0);
    }

    /// <summary>A node works; the one before it is done.</summary>
    /// <param name="node">Null: the one that works already.</param>
    /// <param name="within">How far it is, 0 to 1.</param>
    public void Work(string? node, double within)
    {
        if (node is not null)
        {
            if (_node is { } before && before != node)
            {
                _done.Add(before);
            }

            _node = node;
        }

        Tell(within);
    }

    private void Tell(double within) => Volatile.Write(ref _part, Math.Clamp((_done.Count + Math.Clamp(within, 0, 1)) / nodes, Math.Max(0, _part), 1));
}
