using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Kinora.Bench.Mcp;

namespace Kinora.Bench.Rest;

/// <summary>Sign-ins a second, and what a flood of wrong ones (many accounts, many addresses) does to everybody else's reads.</summary>
internal static class RestLogin
{
    private const int Reads = 2_000;
    private const int Flooders = 32;

    public static async Task RunAsync(RestScene scene)
    {
        var kinora = await scene.KinoraAsync();
        using var http = await RestScene.SignInAsync(kinora.Url);
        var id = await RestScene.MakeVideoAsync(http);
        var request = RestScene.Get(kinora.Url, $"/api/videos/{id}", http);
        var began = Stopwatch.GetTimestamp();
        var signedIn = 0;
        while (Stopwatch.GetElapsedTime(began).TotalSeconds < 5)
        {
            (await RestScene.SignInAsync(kinora.Url)).Dispose();
            signedIn++;
        }

        McpBench.Print($"rest login: {signedIn / Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} sign-ins/s, one after the other");
        Read(kinora.Url, request);
        var calm = Read(kinora.Url, request);
        using var stop = new CancellationTokenSource();
        var tried = new int[600];
        var flood = Enumerable.Range(0, Flooders).Select(n => FloodAsync(kinora.Url, n, tried, stop.Token)).ToArray();
        await Task.Delay(1000);
        var cpu = ProcessFigures.Cpu(kinora.Process.Id);
        began = Stopwatch.GetTimestamp();
        var flooded = Read(kinora.Url, request);
        var busy = (ProcessFigures.Cpu(kinora.Process.Id) - cpu) / Stopwatch.GetElapsedTime(began);
        await stop.CancelAsync();
        await Task.WhenAll(flood);
        McpBench.Print($"status reads, calm:              p50 {calm.P50:0.00}  p99 {calm.P99:0.00} ms");
        McpBench.Print($"status reads, during the flood:  p50 {flooded.P50:0.00}  p99 {flooded.P99:0.00} ms; ratio of p99 {flooded.P99 / calm.P99:0.0} (goal: at most 2); server CPU {busy * 100:0} % of one core");
        McpBench.Print($"the flood, {Flooders} at once: {tried[401]:N0} compared and refused, {tried[429]:N0} turned away unheard, {tried[..400].Sum() + tried[430..].Sum():N0} other");
    }

    /// <summary>One every 2 ms, as a page would: not as fast as can be.</summary>
    private static (double P50, double P99) Read(Uri url, byte[] request)
    {
        using var connection = new HttpConnection(url);
        var times = new List<double>(Reads);
        var next = Stopwatch.GetTimestamp();
        for (var n = 0; n < Reads; n++)
        {
            ExactSleep.Until(next += Stopwatch.Frequency / 500);
            var began = Stopwatch.GetTimestamp();
            connection.Exchange(request);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        return (times[Reads / 2], times[Reads * 99 / 100]);
    }

    private static async Task FloodAsync(Uri url, int number, int[] tried, CancellationToken stop)
    {
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            // All of 127.0.0.0/8 is this machine: each try comes from an address of its own.
            var from = new IPAddress([127, (byte)(1 + number), (byte)(n / 250 % 250), (byte)(1 + (n % 250))]);
            using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = (context, cancel) => ConnectAsync(from, context.DnsEndPoint.Port, cancel) }) { BaseAddress = url };
            try
            {
                using var answer = await http.PostAsJsonAsync("/api/auth/login", new { username = $"user {number} {n}", password = "a wrong password" }, stop);
                Interlocked.Increment(ref tried[(int)answer.StatusCode]);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static async ValueTask<Stream> ConnectAsync(IPAddress from, int port, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
