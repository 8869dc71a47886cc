using System.Threading.Channels;
using Kinora.Errors;

namespace Kinora.Adapters.Sql;

/// <summary>
/// The single writer of one process: changes that wait at the same moment share one transaction, so a thousand small writes cost a few commits.
/// A failing change is rolled back with its batch and the others run again alone.
/// </summary>
internal sealed class GroupCommitWriter : IAsyncDisposable
{
    private const int LargestBatch = 1_000;

    private readonly Channel<Change> _queue = Channel.CreateUnbounded<Change>(new UnboundedChannelOptions { SingleReader = true });
    private readonly IBatchTransaction _transaction;
    private readonly Task _loop;

    public GroupCommitWriter(IBatchTransaction transaction)
    {
        _transaction = transaction;
        _loop = Task.Factory.StartNew(RunAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    public Task<T> WriteAsync<T>(Func<SqlSession, T> change, bool durable, bool ordered, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var waiting = new Change<T>(change, durable, ordered);
        return _queue.Writer.TryWrite(waiting) ? waiting.Result.Task : throw new ObjectDisposedException(nameof(GroupCommitWriter));
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        var batch = new List<Change>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < LargestBatch && _queue.Reader.TryRead(out var change))
            {
                batch.Add(change);
            }

            Commit(batch);
        }
    }

    private void Commit(List<Change> batch)
    {
        try
        {
            var durable = batch.Exists(c => c.Durable);
            _transaction.Run(durable, batch.Exists(c => c.Ordered), session =>
            {
                foreach (var change in batch)
                {
                    change.Run(session);
                }
            });
        }
        catch (Exception fault)
        {
            var told = _transaction.Translate(fault);
            if (batch.Count == 1 || told is KinoraException { Code: ErrorCodes.DatabaseBusy or ErrorCodes.StorageFull })
            {
                // A locked database or a full disk is nobody's own fault: tried one by one, each would wait as long again.
                batch.ForEach(change => change.Fail(told));
                return;
            }

            foreach (var change in batch)
            {
                Commit([change]);
            }

            return;
        }

        foreach (var change in batch)
        {
            change.Complete();
        }
    }

    private abstract class Change(bool durable, bool ordered)
    {
        public bool Durable { get; } = durable;

        public bool Ordered { get; } = ordered;

        public abstract void Run(SqlSession session);

        public abstract void Complete();

        public abstract void Fail(Exception fault);
    }

    private sealed class Change<T>(Func<SqlSession, T> change, bool durable, bool ordered) : Change(durable, ordered)
    {
        private T _value = default!;

        public TaskCompletionSource<T> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Run(SqlSession session) => _value = change(session);

        public override void Complete() => Result.SetResult(_value);

        public override void Fail(Exception fault) => Result.SetException(fault);
    }
}

/// <summary>One transaction around a batch.</summary>
internal interface IBatchTransaction
{
    /// <summary>Begins, runs, commits; rolls back and throws when anything fails. May run the work again where it is sure that nothing of it was committed.</summary>
    /// <param name="ordered">No such batch of any process may run beside it.</param>
    void Run(bool durable, bool ordered, Action<SqlSession> work);

    /// <summary>A database fault in words for callers.</summary>
    Exception Translate(Exception fault);
}
