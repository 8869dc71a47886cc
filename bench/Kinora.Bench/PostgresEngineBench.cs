using System.Globalization;
using Kinora.Adapters.Sql;
using Kinora.Tests.Sql;

namespace Kinora.Bench;

/// <summary>What PostgreSQL costs in SQLite's place: the engine without calls on either, and the CPU of the server.</summary>
internal static class PostgresEngineBench
{
    public static async Task<int> RunAsync()
    {
        await using var server = await PostgresServer.StartAsync();
        var setting = PostgresSetting.Parse(server.ConnectionString, out _)!;
        var (file, fileLooks, _) = await EngineBench.EngineAsync(null, EngineBench.InFile);
        var ends = new List<TimeSpan>();
        var (engine, looks, lags) = await EngineBench.EngineAsync(null, _ => PostgresDatabase.Open(setting), () => ends.Add(server.Cpu()));
        var served = (ends[1] - ends[0]) / EngineBench.Measured;
        lags.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            10,000 jobs in flight, 1,000 looks a second wanted, {EngineBench.Measured.TotalSeconds:0} s measured, nothing called
            SQLite                 {file:P1} of one core, {fileLooks / EngineBench.Measured.TotalSeconds:0} looks/s
            PostgreSQL             {engine:P1} of one core and {served:P1} in the server, {looks / EngineBench.Measured.TotalSeconds:0} looks/s
            CPU for 30,000 looks   {engine * 30_000 / looks * EngineBench.Measured.TotalSeconds:0.0} s and {served * 30_000 / looks * EngineBench.Measured.TotalSeconds:0.0} s in the server
            claim lag p50 / p99    {lags[lags.Count / 2]:0} / {lags[lags.Count * 99 / 100]:0} ms
            """));
        return 0;
    }
}
