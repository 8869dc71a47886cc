namespace Kinora.Webhooks;

/// <summary>
/// Who may send next. So that targets that hang delay nobody else: webhooks whose last try failed get at most half of the slots, those of one user at most a
/// quarter. Safe for many threads.
/// </summary>
internal sealed class WebhookSlots(int total)
{
    private readonly Lock _lock = new();
    private readonly List<WebhookLane> _taken = [];

    public int Free
    {
        get
        {
            lock (_lock)
            {
                return total - _taken.Count;
            }
        }
    }

    /// <summary>Those of the due ones that may be served now, in their order. Nothing is taken yet.</summary>
    public IReadOnlyList<WebhookLane> Choose(IReadOnlyList<WebhookLane> due)
    {
        lock (_lock)
        {
            var all = new List<WebhookLane>(_taken);
            foreach (var lane in due)
            {
                if (all.Count < total
                    && all.Count(l => l.Owner == lane.Owner) < Math.Max(1, total / 4)
                    && (!lane.Failing || all.Count(l => l.Failing) < Math.Max(1, total / 2)))
                {
                    all.Add(lane);
                }
            }

            return all[_taken.Count..];
        }
    }

    public void Take(WebhookLane lane)
    {
        lock (_lock)
        {
            _taken.Add(lane);
        }
    }

    public void GiveBack(WebhookLane lane)
    {
        lock (_lock)
        {
            _taken.Remove(lane);
        }
    }
}
