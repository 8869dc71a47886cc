using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Kinora.Bench.Mcp;
using Kinora.Bench.Rest;

namespace Kinora.Bench.Gateway;

/// <summary>A result of 4 GiB by <c>GET /v1/videos/{id}/content</c>, beside bare Kestrel sending the same file.</summary>
internal static class GatewayContent
{
    private const long Bytes = 4L << 30;
    private const int Rounds = 3;

    public static async Task RunAsync()
    {
        using var scene = new RestScene();
        await scene.StartLabAsync();
        var kinora = await scene.KinoraAsync();
        using var http = await RestScene.SignInAsync(kinora.Url);
        var id = await RestScene.MakeVideoAsync(http, new { prompt = $"x [lab:running=1,bytes={Bytes}]", model = "lab/lab-video", seconds = "4" });
        var bare = await scene.BareAsync(new DirectoryInfo(scene.Data).EnumerateFiles("*", SearchOption.AllDirectories).MaxBy(f => f.Length)!.FullName);
        var contenders = new[]
        {
            new Contender("kinora", kinora.Process.Id, kinora.Url, RestScene.Get(kinora.Url, $"/v1/videos/video_{Guid.Parse(id):N}/content", http)),
            new Contender("bare Kestrel", bare.Process.Id, bare.Url, RestScene.Get(bare.Url, "/file", null)),
        };
        foreach (var contender in contenders)
        {
            contender.Fetch(counts: false);
            ProcessFigures.ForgetPeak(contender.ProcessId);
            contender.Before = ProcessFigures.ResidentMiB(contender.ProcessId);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var contender in contenders)
            {
                contender.Fetch(counts: true);
            }
        }

        McpBench.Print($"gateway content: {Bytes >> 30} GiB, {Rounds} rounds in turn (medians)");
        foreach (var c in contenders)
        {
            McpBench.Print($"{c.Name,-14} {c.Rate.Median(),6:N0} MB/s ({c.Rate.Min():N0} to {c.Rate.Max():N0})  {c.Cpu.Median():0.0} s CPU  resident {c.Before:0} MiB before, {ProcessFigures.PeakMiB(c.ProcessId):0} at most");
        }

        McpBench.Print($"kinora / bare: {contenders[0].Rate.Zip(contenders[1].Rate, (o, b) => o / b).Median():0.00} (goal: at least 0.9)");
    }

    private sealed record Contender(string Name, int ProcessId, Uri Url, byte[] Request)
    {
        public List<double> Rate { get; } = [];

        public List<double> Cpu { get; } = [];

        public double Before { get; set; }

        public void Fetch(bool counts)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(new IPEndPoint(IPAddress.Loopback, Url.Port));
            socket.Send(Request);
            var buffer = new byte[1 << 20];
            var (cpu, began, total) = (ProcessFigures.Cpu(ProcessId), Stopwatch.GetTimestamp(), 0L);
            while (total < Bytes)
            {
                var read = socket.Receive(buffer);
                if (read == 0 || (total == 0 && !Encoding.ASCII.GetString(buffer, 0, 12).EndsWith("200", StringComparison.Ordinal)))
                {
                    throw new InvalidOperationException($"{Name} ended after {total} bytes: {Encoding.ASCII.GetString(buffer, 0, Math.Min(read, 400))}");
                }

                total += read;
            }

            if (counts)
            {
                Rate.Add(total / 1e6 / Stopwatch.GetElapsedTime(began).TotalSeconds);
                Cpu.Add((ProcessFigures.Cpu(ProcessId) - cpu).TotalSeconds);
            }
        }
    }
}
