using System.Net.Sockets;

namespace Kinora.Tests.Sql;

/// <summary>A line to a server that can go silent, as a network that is cut does: connections stay open, new ones are taken, and nothing comes through.</summary>
internal sealed class StallingLine(int server) : ServerLine(server)
{
    private volatile TaskCompletionSource _questions = Done();
    private volatile TaskCompletionSource _answers = Done();

    /// <param name="questions">What goes to the server waits too; else only its answers do.</param>
    public void Cut(bool questions)
    {
        _answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (questions)
        {
            _questions = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>What waited comes through, late.</summary>
    public void Mend()
    {
        _questions.TrySetResult();
        _answers.TrySetResult();
    }

    public override ValueTask DisposeAsync()
    {
        Mend();
        return base.DisposeAsync();
    }

    protected override Task CarryAsync(TcpClient client, TcpClient server) => Task.WhenAny(
        CopyAsync(client.GetStream(), server.GetStream(), () => _questions.Task),
        CopyAsync(server.GetStream(), client.GetStream(), () => _answers.Task));

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private static async Task CopyAsync(NetworkStream from, NetworkStream to, Func<Task> open)
    {
        var bytes = new byte[65_536];
        for (int got; (got = await from.ReadAsync(bytes)) > 0;)
        {
            await open();
            await to.WriteAsync(bytes.AsMemory(0, got));
        }
    }
}
