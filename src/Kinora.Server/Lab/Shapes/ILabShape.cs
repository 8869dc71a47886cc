namespace Kinora.Server.Lab.Shapes;

/// <summary>One wire format of the lab: one file each, listed in <see cref="LabServer"/>.</summary>
internal interface ILabShape
{
    /// <summary>Lines for the help page: prefix, what speaks there.</summary>
    IEnumerable<(string Prefix, string What)> Help { get; }

    void Map(IEndpointRouteBuilder routes, LabDesk desk);
}
